import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { Button, IconButton } from '../ui/button.tsx';
import { Input, Select } from '../ui/input.tsx';
import { PersonPicker } from './person-picker.tsx';
import { emptyTurn, moved, type TurnDraft } from './schedule-draft.ts';

const mostTurns = 100;

/** The turns of a rotation in their order: who is on call together, and how long where each turn says its own. */
export function ScheduleTurnsField({
  of,
  turns,
  withLength,
  onChange,
}: {
  of: string;
  turns: readonly TurnDraft[];
  withLength: boolean;
  onChange: (turns: TurnDraft[]) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Turns, in order</legend>
      <ol className="grid gap-2">
        {turns.map((turn, index) => (
          <TurnRow
            key={index}
            name={`turn ${index + 1} of ${of}`}
            number={index + 1}
            turn={turn}
            withLength={withLength}
            onChange={(next) => onChange(turns.with(index, next))}
            onUp={index === 0 ? undefined : () => onChange(moved(turns, index, index - 1))}
            onDown={index === turns.length - 1 ? undefined : () => onChange(moved(turns, index, index + 1))}
            onRemove={turns.length === 1 ? undefined : () => onChange(turns.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <Button
        size="sm"
        className="mt-2"
        icon={<Plus size={14} aria-hidden="true" />}
        disabled={turns.length >= mostTurns}
        onClick={() => onChange([...turns, { ...(turns.at(-1) ?? emptyTurn), userIds: [] }])}
      >
        Add a turn
      </Button>
    </fieldset>
  );
}

interface TurnRowProps {
  name: string;
  number: number;
  turn: TurnDraft;
  withLength: boolean;
  onChange: (turn: TurnDraft) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

function TurnRow({ name, number, turn, withLength, onChange, onUp, onDown, onRemove }: TurnRowProps) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-start gap-x-2">
      <span className="num mt-1.5 text-muted">{number}</span>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <PersonPicker of={name} userIds={turn.userIds} onChange={(userIds) => onChange({ ...turn, userIds })} />
        {withLength ? (
          <span className="flex items-center gap-1.5 text-muted">
            for
            <Input
              aria-label={`Length of ${name}`}
              inputMode="numeric"
              value={turn.count}
              onChange={(event) => onChange({ ...turn, count: event.target.value })}
              className="max-w-16"
            />
            <Select
              aria-label={`Unit of the length of ${name}`}
              value={turn.unit}
              onChange={(event) => onChange({ ...turn, unit: event.target.value as TurnDraft['unit'] })}
              className="max-w-24"
            >
              <option>hours</option>
              <option>days</option>
              <option>weeks</option>
            </Select>
          </span>
        ) : null}
      </div>
      <span className="flex">
        <IconButton label={`Move ${name} up`} size="sm" disabled={onUp === undefined} onClick={onUp}>
          <ArrowUp size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label={`Move ${name} down`} size="sm" disabled={onDown === undefined} onClick={onDown}>
          <ArrowDown size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label={`Remove ${name}`} size="sm" disabled={onRemove === undefined} onClick={onRemove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </span>
    </li>
  );
}
