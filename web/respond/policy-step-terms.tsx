import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import type { StepDraft } from './policy-draft.ts';
import { termsOf } from './policy-words.ts';

interface Props {
  number: number;
  step: StepDraft;
  onChange: (step: StepDraft) => void;
}

/** What most steps leave as it is: by turns, for which pages, at which hours. Says itself when it is not. */
export function PolicyStepTerms({ number, step, onChange }: Props) {
  const terms = termsOf(step);
  return (
    <details className="mt-2" open={terms.length > 0}>
      <summary className="cursor-pointer text-xs text-muted">
        {terms.length === 0 ? 'Everybody at once, for every page, at any time' : terms.join(' · ')}
      </summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-3">
        <Field label="Asks">
          <Select
            value={step.ask}
            onChange={(event) =>
              onChange({ ...step, ask: event.target.value === 'round-robin' ? 'round-robin' : 'all' })
            }
          >
            <option value="all">everybody at once</option>
            <option value="round-robin">one person, by turns</option>
          </Select>
        </Field>
        <Field label="For pages of">
          <Select
            value={step.onlyUrgency ?? ''}
            onChange={(event) => onChange({ ...step, onlyUrgency: urgencyOf(event.target.value) })}
          >
            <option value="">any urgency</option>
            <option value="high">high urgency only</option>
            <option value="low">low urgency only</option>
          </Select>
        </Field>
        <Field label="At">
          <Select
            value={step.onlyHours ?? ''}
            onChange={(event) => onChange({ ...step, onlyHours: hoursOf(event.target.value) })}
          >
            <option value="">any time</option>
            <option value="business">business hours only</option>
            <option value="off">other hours only</option>
          </Select>
        </Field>
        <Checkbox
          className="sm:col-span-3"
          label={`Outside business hours, step ${number} waits until they begin`}
          hint="The next step does not begin before, however long its wait is."
          checked={step.untilBusinessHours}
          onChange={(event) => onChange({ ...step, untilBusinessHours: event.target.checked })}
        />
      </div>
    </details>
  );
}

function urgencyOf(value: string): StepDraft['onlyUrgency'] {
  return value === 'high' || value === 'low' ? value : null;
}

function hoursOf(value: string): StepDraft['onlyHours'] {
  return value === 'business' || value === 'off' ? value : null;
}
