import { TimeZoneSelect } from '../access/time-zone-select.tsx';
import { Field } from '../ui/field.tsx';
import type { StepDraft } from './policy-draft.ts';
import { HoursRow } from './schedule-hours-field.tsx';

type OwnHours = Exclude<StepDraft['onlyHours'], string | null>;

interface Props {
  number: number;
  hours: OwnHours;
  onChange: (hours: OwnHours) => void;
}

/** The weekdays and times in which a step applies, or does not, and whose clock they go by. */
export function PolicyStepHours({ number, hours, onChange }: Props) {
  const { days, from, to, timeZone } = hours;
  return (
    <div className="grid gap-3 sm:col-span-2">
      <ul>
        <HoursRow
          name={`the hours of step ${number}`}
          hours={{ days, start: from, end: to }}
          onChange={({ days: chosen, start, end }) =>
            // Hours without a weekday would never come.
            onChange({
              ...hours,
              days: chosen.length === 0 ? days : chosen,
              from: start,
              to: end === '24:00' ? '00:00' : end,
            })
          }
        />
      </ul>
      <Field
        label="Time zone"
        hint="Times past midnight belong to the day on which they begin; the same time twice is a whole day."
        className="sm:max-w-xs"
      >
        <TimeZoneSelect
          value={timeZone ?? ''}
          none="the workspace’s"
          onChange={(zone) => onChange({ ...hours, timeZone: zone === '' ? null : zone })}
        />
      </Field>
    </div>
  );
}
