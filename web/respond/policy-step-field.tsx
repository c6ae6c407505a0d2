import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import X from 'lucide-react/icons/x';
import { useMembers } from '../access/people.ts';
import { Person } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/input.tsx';
import { waits, waitWords } from './policy-words.ts';

export interface StepDraft {
  userIds: string[];
  delaySeconds: number;
}

interface Props {
  number: number;
  step: StepDraft;
  onChange: (step: StepDraft) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

/** One step: its people, how long it waits, and its place in the order. */
export function PolicyStepField({ number, step, onChange, onUp, onDown, onRemove }: Props) {
  const offered = [...new Set([...waits, step.delaySeconds])].toSorted((a, b) => a - b);
  return (
    <li>
      <fieldset className="rounded-control border border-line px-3 pt-1 pb-3">
        <legend className="px-1 text-sm font-medium">Step {number}</legend>
        <People number={number} step={step} onChange={onChange} />
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
      </fieldset>
    </li>
  );
}

function People({ number, step, onChange }: Pick<Props, 'number' | 'step' | 'onChange'>) {
  const members = useMembers();
  const all = members.data?.items ?? [];
  const free = all.filter(({ id, active, role }) => active && role !== 'viewer' && !step.userIds.includes(id));
  const set = (userIds: string[]) => onChange({ ...step, userIds });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {step.userIds.map((id) => {
        const name = all.find((member) => member.id === id)?.name ?? 'somebody';
        return (
          <span key={id} className="inline-flex items-center rounded-control bg-sunken pl-2">
            <Person name={name} className="max-w-44" />
            <IconButton
              label={`Take ${name} out of step ${number}`}
              size="sm"
              onClick={() => set(step.userIds.filter((other) => other !== id))}
            >
              <X size={14} aria-hidden="true" />
            </IconButton>
          </span>
        );
      })}
      {free.length === 0 ? null : (
        <Select
          aria-label={`Add a person to step ${number}`}
          value=""
          onChange={(event) => set([...step.userIds, event.target.value])}
          className="max-w-44"
        >
          <option value="" disabled>
            Add a person
          </option>
          {free.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
