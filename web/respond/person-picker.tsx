import X from 'lucide-react/icons/x';
import { useMembers, usePersonName } from '../access/people.ts';
import { Person } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/input.tsx';

/** Several people as a list that is added to and taken from; `of` says what they belong to: `turn 2`. */
export function PersonPicker({
  of,
  userIds,
  onChange,
}: {
  of: string;
  userIds: readonly string[];
  onChange: (userIds: string[]) => void;
}) {
  const nameOf = usePersonName();
  const free = (useMembers().data?.items ?? []).filter(({ id, active }) => active && !userIds.includes(id));
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {userIds.map((id) => (
        <span key={id} className="inline-flex max-w-full min-w-0 items-center rounded-control bg-sunken pl-2">
          <Person name={nameOf(id)} />
          <IconButton
            label={`Take ${nameOf(id)} out of ${of}`}
            size="sm"
            onClick={() => onChange(userIds.filter((other) => other !== id))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      {free.length === 0 ? null : (
        <Select
          aria-label={`Add somebody to ${of}`}
          value=""
          onChange={(event) => onChange([...userIds, event.target.value])}
          className="max-w-40"
        >
          <option value="" disabled>
            {userIds.length === 0 ? 'Left open' : 'Together with'}
          </option>
          {free.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
