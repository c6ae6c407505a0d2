import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import type { StepDraft } from './policy-draft.ts';
import { PolicyStepHours } from './policy-step-hours.tsx';
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
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
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
            value={chosenOf(step.onlyHours)}
            onChange={(event) => onChange({ ...step, onlyHours: hoursOf(event.target.value, step.onlyHours) })}
          >
            <option value="">any time</option>
            <option value="business">business hours only</option>
            <option value="off">outside business hours</option>
            <option value="within">own hours</option>
            <option value="outside">outside own hours</option>
          </Select>
        </Field>
        {step.onlyHours === null || typeof step.onlyHours === 'string' ? null : (
          <PolicyStepHours
            number={number}
            hours={step.onlyHours}
            onChange={(onlyHours) => onChange({ ...step, onlyHours })}
          />
        )}
        <Checkbox
          className="sm:col-span-2"
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

type StepHours = StepDraft['onlyHours'];

const SUGGESTED = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', timeZone: null };

function chosenOf(hours: StepHours): string {
  return hours === null || typeof hours === 'string' ? (hours ?? '') : hours.op;
}

/** From `within` to `outside` the hours stay as they were. */
function hoursOf(value: string, before: StepHours): StepHours {
  if (value === 'business' || value === 'off') return value;
  if (value !== 'within' && value !== 'outside') return null;
  return { ...(before === null || typeof before === 'string' ? SUGGESTED : before), op: value };
}
