import { clsx } from 'clsx';
import { weekdays } from '../respond/weekdays.ts';

/** Any days of the week; 1 is Monday. */
export function WeekdayToggles({
  legend,
  days,
  error,
  onChange,
}: {
  legend: string;
  days: readonly number[];
  error?: string | undefined;
  onChange: (days: number[]) => void;
}) {
  const toggle = (day: number) =>
    onChange(days.includes(day) ? days.filter((other) => other !== day) : [...days, day].toSorted());
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-1">
        {weekdays.map((name, index) => {
          const chosen = days.includes(index + 1);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={chosen}
              onClick={() => toggle(index + 1)}
              className={clsx(
                'h-8 min-w-10 rounded-control border px-1.5 text-xs font-semibold transition-colors max-md:h-11',
                chosen ? 'border-accent bg-accent-tint text-accent-text' : 'border-line-strong bg-surface text-muted',
              )}
            >
              {name.slice(0, 3)}
              <span className="sr-only">{name.slice(3)}</span>
            </button>
          );
        })}
      </div>
      {error === undefined ? null : <p className="mt-1 text-xs text-bad-text">{error}</p>}
    </fieldset>
  );
}
