import { clsx } from 'clsx';
import { FieldError } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';

export interface BusinessHours {
  /** ISO weekdays, 1 = Monday. */
  days: number[];
  start: string;
  end: string;
}

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const full = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Weekdays and one stretch of the day. */
export function BusinessHoursField({
  value,
  onChange,
  error,
}: {
  value: BusinessHours;
  onChange: (value: BusinessHours) => void;
  error?: string | undefined;
}) {
  const toggle = (day: number) =>
    onChange({
      ...value,
      days: value.days.includes(day)
        ? value.days.filter((other) => other !== day)
        : [...value.days, day].sort((a, b) => a - b),
    });
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Business hours</legend>
      <div className="flex flex-wrap items-center gap-1">
        {names.map((name, index) => {
          const chosen = value.days.includes(index + 1);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={chosen}
              title={full[index]}
              onClick={() => toggle(index + 1)}
              className={clsx(
                'h-8 min-w-11 rounded-control border px-2 text-xs font-semibold transition-colors max-md:h-11',
                chosen ? 'border-accent bg-accent-tint text-accent-text' : 'border-line-strong bg-surface text-muted',
              )}
            >
              {name}
            </button>
          );
        })}
      </div>
      <div className="mt-2 flex items-center gap-2">
        <Input
          type="time"
          aria-label="Start of business hours"
          value={value.start}
          onChange={(event) => onChange({ ...value, start: event.target.value })}
          className="max-w-32"
        />
        <span className="text-muted">to</span>
        <Input
          type="time"
          aria-label="End of business hours"
          value={value.end}
          onChange={(event) => onChange({ ...value, end: event.target.value })}
          className="max-w-32"
        />
      </div>
      {error === undefined ? null : <FieldError>{error}</FieldError>}
      <p className="mt-1 text-xs text-muted">
        Pages for minor incidents wait for these hours. Serious ones never wait.
      </p>
    </fieldset>
  );
}
