import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import X from 'lucide-react/icons/x';
import { IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Panel } from '../ui/panel.tsx';
import type { LayerDraft } from './schedule-draft.ts';
import { ScheduleHoursField } from './schedule-hours-field.tsx';
import { ScheduleTurnsField } from './schedule-turns-field.tsx';

const units = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months', custom: '' } as const;

interface Props {
  number: number;
  layer: LayerDraft;
  onChange: (layer: LayerDraft) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

/** One layer: how it rotates, who takes turns, in which hours, and its place among the layers. */
export function ScheduleLayerField({ number, layer, onChange, onUp, onDown, onRemove }: Props) {
  const title = layer.name.trim() === '' ? `layer ${number}` : layer.name;
  return (
    <Panel className="grid gap-4 p-4">
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 font-semibold break-words">
          {number}. <bdi>{title}</bdi>
        </h3>
        <span className="flex">
          <IconButton label={`Move ${title} up`} size="sm" disabled={onUp === undefined} onClick={onUp}>
            <ArrowUp size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Move ${title} down`} size="sm" disabled={onDown === undefined} onClick={onDown}>
            <ArrowDown size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Remove ${title}`} size="sm" disabled={onRemove === undefined} onClick={onRemove}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <Rotation layer={layer} onChange={onChange} />
      <ScheduleTurnsField
        of={title}
        turns={layer.turns}
        withLength={layer.kind === 'custom'}
        onChange={(turns) => onChange({ ...layer, turns })}
      />
      <ScheduleHoursField
        of={title}
        restrictions={layer.restrictions}
        onChange={(restrictions) => onChange({ ...layer, restrictions })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="When everybody in a turn is away">
          <Select
            value={layer.whenAway}
            onChange={(event) => onChange({ ...layer, whenAway: event.target.value as LayerDraft['whenAway'] })}
          >
            <option value="leave-open">leave it to the layers before, or open</option>
            <option value="next-in-rotation">the next in the rotation stands in</option>
          </Select>
        </Field>
        <Checkbox
          label="Shadow"
          hint="Shown beside those on call, never paged."
          checked={layer.shadow}
          onChange={(event) => onChange({ ...layer, shadow: event.target.checked })}
          className="sm:mt-6"
        />
      </div>
    </Panel>
  );
}

function Rotation({ layer, onChange }: Pick<Props, 'layer' | 'onChange'>) {
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6rem_13rem]">
      <Field label="Name">
        <Input value={layer.name} onChange={(event) => onChange({ ...layer, name: event.target.value })} />
      </Field>
      <Field label="Rotates">
        <Select
          value={layer.kind}
          onChange={(event) => onChange({ ...layer, kind: event.target.value as LayerDraft['kind'] })}
        >
          <option value="hourly">by the hour</option>
          <option value="daily">by the day</option>
          <option value="weekly">by the week</option>
          <option value="monthly">by the month</option>
          <option value="custom">each turn says how long</option>
        </Select>
      </Field>
      {layer.kind === 'custom' ? null : (
        <Field label="Every" aside={units[layer.kind]}>
          <Input
            inputMode="numeric"
            value={layer.every}
            onChange={(event) => onChange({ ...layer, every: event.target.value })}
          />
        </Field>
      )}
      <Field label="First turn begins" className="col-span-2 lg:col-span-1">
        <Input
          type="datetime-local"
          value={layer.beginsAt}
          onChange={(event) => onChange({ ...layer, beginsAt: event.target.value.slice(0, 16) })}
        />
      </Field>
    </div>
  );
}
