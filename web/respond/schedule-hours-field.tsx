import { clsx } from 'clsx';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { Button, IconButton } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import type { LayerDraft } from './schedule-draft.ts';

type Hours = LayerDraft['restrictions'][number];

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const full = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const words = {
  legend: 'Hours',
  none: 'All day, every day.',
  first: 'Limit to weekdays and hours',
  suggested: { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
};

/** Weekdays and hours: those in which a layer covers anything, none = always; or others, in words of their own. */
export function ScheduleHoursField({
  of,
  restrictions,
  onChange,
  said = words,
}: {
  of: string;
  restrictions: readonly Hours[];
  onChange: (restrictions: Hours[]) => void;
  said?: { legend: string; none: string; first: string; suggested: Hours };
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{said.legend}</legend>
      {restrictions.length === 0 ? <p className="text-muted">{said.none}</p> : null}
      <ul className="grid gap-2">
        {restrictions.map((hours, index) => (
          <HoursRow
            key={index}
            name={`hours ${index + 1} of ${of}`}
            hours={hours}
            onChange={(next) => onChange(restrictions.with(index, next))}
            onRemove={() => onChange(restrictions.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <Button
        size="sm"
        className="mt-2"
        icon={<Plus size={14} aria-hidden="true" />}
        onClick={() => onChange([...restrictions, said.suggested])}
      >
        {restrictions.length === 0 ? said.first : 'Add more hours'}
      </Button>
    </fieldset>
  );
}

/** One stretch; without `onRemove` it stays. */
export function HoursRow({
  name,
  hours,
  onChange,
  onRemove,
}: {
  name: string;
  hours: Hours;
  onChange: (hours: Hours) => void;
  onRemove?: () => void;
}) {
  const toggle = (day: number) =>
    onChange({
      ...hours,
      days: hours.days.includes(day) ? hours.days.filter((other) => other !== day) : [...hours.days, day].toSorted(),
    });
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span role="group" aria-label={`Weekdays of ${name}`} className="flex flex-wrap gap-1">
        {names.map((day, index) => {
          const chosen = hours.days.includes(index + 1);
          return (
            <button
              key={day}
              type="button"
              aria-pressed={chosen}
              title={full[index]}
              onClick={() => toggle(index + 1)}
              className={clsx(
                'h-8 min-w-10 rounded-control border px-1.5 text-xs font-semibold transition-colors max-md:h-11',
                chosen ? 'border-accent bg-accent-tint text-accent-text' : 'border-line-strong bg-surface text-muted',
              )}
            >
              {day}
            </button>
          );
        })}
      </span>
      <span className="flex items-center gap-1.5 text-muted">
        <Input
          type="time"
          aria-label={`Start of ${name}`}
          value={hours.start}
          onChange={(event) => onChange({ ...hours, start: event.target.value })}
          className="max-w-32"
        />
        to
        <Input
          type="time"
          aria-label={`End of ${name}`}
          value={hours.end === '24:00' ? '00:00' : hours.end}
          onChange={(event) =>
            onChange({ ...hours, end: event.target.value === '00:00' ? '24:00' : event.target.value })
          }
          className="max-w-32"
        />
        {onRemove === undefined ? null : (
          <IconButton label={`Remove ${name}`} size="sm" onClick={onRemove}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        )}
      </span>
    </li>
  );
}
