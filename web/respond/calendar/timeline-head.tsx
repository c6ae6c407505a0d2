import { clsx } from 'clsx';
import type { RefObject } from 'react';
import { type HolidayMarks, NO_MARKS } from './holidays.ts';
import { shareOf } from './layout.ts';
import type { CalendarSpan, CalendarView } from './span.ts';
import { dateAt } from './zone.ts';
import { clockAt, dayNumberAt, longDayAt, weekdayAt } from './words.ts';

const HOUR_MS = 3_600_000;
const percent = (share: number) => `${share * 100}%`;

/** The days, or the hours of one day, above the rows. A day that is not 24 hours long says so. */
export function TimelineHead({
  view,
  span,
  zone,
  px,
  nowMs,
  holidays = NO_MARKS,
  trackRef,
}: {
  view: CalendarView;
  span: CalendarSpan;
  zone: string;
  px: number;
  nowMs: number;
  holidays?: HolidayMarks | undefined;
  trackRef: RefObject<HTMLDivElement | null>;
}) {
  return (
    <div className="grid grid-cols-[var(--head)_minmax(0,1fr)]">
      <span />
      <div ref={trackRef} className="relative h-9 border-b border-line">
        {view === 'day' ? (
          <Hours span={span} zone={zone} px={px} />
        ) : (
          span.days.map((day) => {
            const isToday = day.date === dateAt(nowMs, zone);
            const isTight = view === 'month' || px / span.days.length < 56;
            const odd = day.hours === 24 ? null : `${day.hours} h`;
            const holiday = holidays.get(day.date) ?? null;
            const said = [longDayAt(day.startMs, zone), odd && `${odd} long`, holiday].filter(Boolean).join(': ');
            return (
              <span
                key={day.date}
                title={said}
                className={clsx(
                  'num absolute inset-y-0 flex items-center gap-1.5 overflow-hidden text-sm whitespace-nowrap',
                  isTight ? 'flex-col justify-center gap-0! text-xs leading-4' : 'pl-2',
                  isToday ? 'font-semibold text-text' : 'text-muted',
                  holiday !== null && 'bg-sunken',
                )}
                style={{
                  left: percent(shareOf(day.startMs, span)),
                  width: percent((day.endMs - day.startMs) / (span.endMs - span.startMs)),
                }}
              >
                <span>{weekdayAt(day.startMs, zone, px / span.days.length < 40 ? 'narrow' : 'short')}</span>
                <span>{dayNumberAt(day.startMs, zone)}</span>
                {holiday === null ? null : <HolidayMark holiday={holiday} isTight={isTight} />}
                {odd === null ? null : (
                  <span
                    className={clsx(
                      'rounded-sm bg-warn-tint text-warn-text',
                      isTight ? 'absolute top-0 right-0 px-0.5 text-[9px] leading-3' : 'px-1 text-xs font-semibold',
                    )}
                  >
                    {odd}
                  </span>
                )}
              </span>
            );
          })
        )}
      </div>
    </div>
  );
}

/** A holiday by name where there is room, else a dot; its name stands below the calendar too. */
function HolidayMark({ holiday, isTight }: { holiday: string; isTight: boolean }) {
  if (isTight)
    return (
      <>
        <span className="absolute top-0.5 left-0.5 size-1.5 rounded-full bg-accent" aria-hidden="true" />
        <span className="sr-only">{holiday}</span>
      </>
    );
  return <bdi className="min-w-0 truncate pr-1 text-xs font-normal text-accent-text">{holiday}</bdi>;
}

/** Full hours as the clock shows them: an hour that comes twice stands there twice. */
function Hours({ span, zone, px }: { span: CalendarSpan; zone: string; px: number }) {
  const count = Math.floor((span.endMs - span.startMs) / HOUR_MS);
  const every = px / count < 40 ? 3 : 1;
  return Array.from({ length: count }, (_, hour) => span.startMs + hour * HOUR_MS).flatMap((ms, hour) =>
    hour % every === 0
      ? [
          <span
            key={ms}
            className="num absolute inset-y-0 flex items-center border-l border-line pl-1.5 text-xs text-muted"
            style={{ left: percent(shareOf(ms, span)) }}
          >
            {clockAt(ms, zone)}
          </span>,
        ]
      : [],
  );
}
