import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { type CalendarSpan, type CalendarView, isToday, stepDate } from './span.ts';
import { dateAt } from './zone.ts';
import { spanTitle } from './words.ts';

const names: Readonly<Record<CalendarView, string>> = { day: 'Day', week: 'Week', month: 'Month' };

/** What a calendar shows, and the ways to what is before and after it. `date` undefined means today. */
export type CalendarPlace = { view: CalendarView; date: string | undefined };

/** The title of what is shown, back and forth, today, and how much is shown at once. */
export function CalendarBar({
  views,
  place,
  span,
  zone,
  nowMs,
  onGo,
  children,
}: {
  views: readonly CalendarView[];
  place: CalendarPlace;
  span: CalendarSpan;
  zone: string;
  nowMs: number;
  onGo: (place: CalendarPlace) => void;
  children?: ReactNode;
}) {
  const { view } = place;
  const today = dateAt(nowMs, zone);
  const date = place.date ?? today;
  const go = (next: string) => onGo({ view, date: isToday(view, next, nowMs, zone) ? undefined : next });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center gap-1">
        <IconButton label={`The ${view} before`} onClick={() => go(stepDate(view, date, -1))}>
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <h2 aria-live="polite" className="num min-w-36 text-center text-lg font-semibold tracking-tight">
          {spanTitle(view, span, zone)}
        </h2>
        <IconButton label={`The ${view} after`} onClick={() => go(stepDate(view, date, 1))}>
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
        <Button
          size="sm"
          variant="ghost"
          disabled={isToday(view, date, nowMs, zone)}
          onClick={() => onGo({ view, date: undefined })}
        >
          Today
        </Button>
      </div>
      <div className="flex flex-1 flex-wrap items-center justify-end gap-2">
        {views.length < 2 ? null : (
          <div role="group" aria-label="How much to show" className="flex rounded-control border border-line-strong">
            {views.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === view}
                onClick={() => onGo({ view: one, date: place.date })}
                className={clsx(
                  'h-7.5 px-3 first:rounded-l-[5px] last:rounded-r-[5px] not-first:border-l not-first:border-line-strong max-md:h-9.5',
                  one === view ? 'bg-sunken font-semibold text-text' : 'text-muted hover:text-text',
                )}
              >
                {names[one]}
              </button>
            ))}
          </div>
        )}
        {children}
      </div>
    </div>
  );
}
