import X from 'lucide-react/icons/x';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/input.tsx';
import { TargetName } from './target-name.tsx';
import { type Target, targetKey, useTargets } from './targets.ts';

interface Props {
  /** What the targets are added to: `step 2`. */
  of: string;
  targets: readonly Target[];
  onChange: (targets: Target[]) => void;
  /** Channels are offered too; not where somebody has to be asked. */
  channels?: boolean;
}

/** People, teams, schedules and channels as a list that is added to and taken from. */
export function TargetField({ of, targets, onChange, channels = false }: Props) {
  const { groups, nameOf } = useTargets();
  const taken = new Set(targets.map(targetKey));
  const free = groups
    .map(({ label, options }) => ({
      label,
      options: options.filter(({ target }) => (channels || target.kind !== 'channel') && !taken.has(targetKey(target))),
    }))
    .filter(({ options }) => options.length > 0);
  const add = (key: string) => {
    const chosen = free.flatMap(({ options }) => options).find(({ target }) => targetKey(target) === key);
    if (chosen !== undefined) onChange([...targets, chosen.target]);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {targets.map((target) => (
        <span key={targetKey(target)} className="inline-flex min-w-0 items-center rounded-control bg-sunken pl-2">
          <TargetName target={target} name={nameOf(target)} />
          <IconButton
            label={`Take ${nameOf(target)} out of ${of}`}
            size="sm"
            onClick={() => onChange(targets.filter((other) => targetKey(other) !== targetKey(target)))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      {free.length === 0 ? null : (
        <Select aria-label={`Add to ${of}`} value="" onChange={(event) => add(event.target.value)} className="max-w-44">
          <option value="" disabled>
            {targets.length === 0 ? 'Choose whom to ask' : 'Add'}
          </option>
          {free.map(({ label, options }) => (
            <optgroup key={label} label={label}>
              {options.map(({ target, name }) => (
                <option key={targetKey(target)} value={targetKey(target)}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      )}
    </div>
  );
}
