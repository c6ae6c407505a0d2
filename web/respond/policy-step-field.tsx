import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import X from 'lucide-react/icons/x';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/input.tsx';
import type { StepDraft } from './policy-draft.ts';
import { PolicyStepTerms } from './policy-step-terms.tsx';
import { waits, waitWords } from './policy-words.ts';
import { TargetField } from './target-field.tsx';

interface Props {
  number: number;
  step: StepDraft;
  onChange: (step: StepDraft) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

/** One step: whom it asks, on which terms, how long it waits, and its place in the order. */
export function PolicyStepField({ number, step, onChange, onUp, onDown, onRemove }: Props) {
  const offered = [...new Set([...waits, step.delaySeconds])].toSorted((a, b) => a - b);
  return (
    <li>
      <fieldset className="rounded-control border border-line px-3 pt-1 pb-3">
        <legend className="px-1 text-sm font-medium">Step {number}</legend>
        <TargetField
          of={`step ${number}`}
          targets={step.targets}
          channels
          onChange={(targets) => onChange({ ...step, targets })}
        />
        <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
          <span className="flex items-center gap-2 whitespace-nowrap text-muted">
            then waits
            <Select
              aria-label={`How long step ${number} waits for an answer`}
              value={String(step.delaySeconds)}
              onChange={(event) => onChange({ ...step, delaySeconds: Number(event.target.value) })}
              className="max-w-28"
            >
              {offered.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {waitWords(seconds)}
                </option>
              ))}
            </Select>
          </span>
          <span className="flex">
            <IconButton label={`Move step ${number} up`} size="sm" disabled={onUp === undefined} onClick={onUp}>
              <ArrowUp size={14} aria-hidden="true" />
            </IconButton>
            <IconButton label={`Move step ${number} down`} size="sm" disabled={onDown === undefined} onClick={onDown}>
              <ArrowDown size={14} aria-hidden="true" />
            </IconButton>
            <IconButton label={`Remove step ${number}`} size="sm" disabled={onRemove === undefined} onClick={onRemove}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          </span>
        </div>
        <PolicyStepTerms number={number} step={step} onChange={onChange} />
      </fieldset>
    </li>
  );
}
