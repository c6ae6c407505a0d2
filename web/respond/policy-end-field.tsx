import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import type { PolicyDraft } from './policy-draft.ts';
import { waitWords } from './policy-words.ts';
import { TargetField } from './target-field.tsx';

interface Props {
  draft: PolicyDraft;
  onChange: <Key extends keyof PolicyDraft>(key: Key, value: PolicyDraft[Key]) => void;
}

const timeouts = [600, 900, 1_800, 3_600, 7_200, 14_400];

/** What ends a page, and what happens when nothing does. */
export function PolicyEndField({ draft, onChange }: Props) {
  const offered = [
    ...new Set([...timeouts, ...(draft.acknowledgeTimeout === '' ? [] : [Number(draft.acknowledgeTimeout)])]),
  ];
  return (
    <div className="grid gap-3 border-t border-line pt-4 sm:grid-cols-2">
      <Field label="When nobody answers">
        <Select value={draft.repeatCount} onChange={(event) => onChange('repeatCount', event.target.value)}>
          <option value="0">stop after the last step</option>
          {Array.from({ length: 9 }, (_, index) => (
            <option key={index} value={index + 1}>
              {index === 0 ? 'once more from the start' : `${index + 1} times more from the start`}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Acknowledged when">
        <Select
          value={draft.acknowledgement}
          onChange={(event) => onChange('acknowledgement', event.target.value === 'all' ? 'all' : 'one')}
        >
          <option value="one">one person acknowledges</option>
          <option value="all">everybody in the step has</option>
        </Select>
      </Field>
      <Field label="Page again" hint="Counted from the last word of whoever acknowledged." className="sm:col-span-2">
        <Select
          value={draft.acknowledgeTimeout}
          onChange={(event) => onChange('acknowledgeTimeout', event.target.value)}
        >
          <option value="">never, once it is acknowledged</option>
          {offered
            .toSorted((a, b) => a - b)
            .map((seconds) => (
              <option key={seconds} value={seconds}>
                after {waitWords(seconds)} without a word
              </option>
            ))}
        </Select>
      </Field>
      <fieldset className="min-w-0 sm:col-span-2">
        <legend className="mb-1 text-sm font-medium">When nobody in the steps can be reached</legend>
        <TargetField
          of="the fallback"
          targets={draft.fallback}
          onChange={(fallback) => onChange('fallback', fallback)}
        />
        <p className="mt-1 text-xs text-muted">The owners come after them.</p>
      </fieldset>
    </div>
  );
}
