import { clsx } from 'clsx';
import { useState } from 'react';
import { usePersonName } from '../../access/people.ts';
import { Person } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { plural } from '../../ui/format.ts';
import { gapWords } from '../schedule-words.ts';
import { type HolidayMarks, NO_MARKS } from './holidays.ts';
import { clip } from './layout.ts';
import type { Bar, CalendarRow } from './rows.ts';
import type { CalendarSpan, Day } from './span.ts';
import { clockAt, longDayAt } from './words.ts';
import { dateAt } from './zone.ts';

/** More than these in one day are summed up until they are asked for. */
const MOST = 8;

/** The final schedule as a list by day: what a phone shows instead of rows over time. */
export function Agenda({
  span,
  zone,
  row,
  holidays = NO_MARKS,
  onOpen,
}: {
  span: CalendarSpan;
  zone: string;
  row: CalendarRow;
  holidays?: HolidayMarks;
  onOpen: (bars: readonly Bar[], row: CalendarRow) => void;
}) {
  const now = useMinute().getTime();
  const today = dateAt(now, zone);
  const [isWhole, setWhole] = useState(false);
  const past = span.days.filter(({ endMs }) => endMs <= now).length;
  // Of a span that holds today, what is over is one tap away: one looks for today.
  const isFolded = !isWhole && past > 0 && past < span.days.length;
  return (
    <ol className="grid gap-4">
      {isFolded ? (
        <li>
          <Button onClick={() => setWhole(true)}>Show {plural(past, 'day')} before</Button>
        </li>
      ) : null}
      {span.days.slice(isFolded ? past : 0).map((day) => (
        <li key={day.date}>
          <h3
            className={clsx(
              'mb-1 flex items-baseline gap-2 text-sm',
              day.date === today ? 'font-semibold' : 'text-muted',
            )}
          >
            {longDayAt(day.startMs, zone)}
            {day.date === today ? <span className="text-xs font-normal text-accent-text">today</span> : null}
            {holidays.has(day.date) ? (
              <bdi className="text-xs font-normal text-accent-text">{holidays.get(day.date)}</bdi>
            ) : null}
            {day.hours === 24 ? null : (
              <span className="num text-xs font-normal text-warn-text">{day.hours} h long</span>
            )}
          </h3>
          <AgendaDay day={day} zone={zone} row={row} nowMs={now} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}

function AgendaDay({
  day,
  zone,
  row,
  nowMs,
  onOpen,
}: {
  day: Day;
  zone: string;
  row: CalendarRow;
  nowMs: number;
  onOpen: (bars: readonly Bar[], row: CalendarRow) => void;
}) {
  const nameOf = usePersonName();
  const [isOpen, setOpen] = useState(false);
  const bars = row.bars.filter((bar) => clip(bar, day) !== null);
  const shown = isOpen ? bars : bars.slice(0, bars.length > MOST ? MOST - 3 : MOST);
  const people = [...new Set(bars.flatMap(({ userIds }) => userIds))].map(nameOf);
  const gaps = bars.filter(({ kind }) => kind === 'gap').length;
  return (
    <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
      {shown.map((bar) => (
        <li key={bar.key}>
          <button
            type="button"
            onClick={() => onOpen([bar], row)}
            className="flex min-h-11 w-full items-start gap-3 px-3 py-2.5 text-left"
          >
            <span className={clsx('num w-24 shrink-0 text-sm', bar.kind === 'gap' ? 'text-bad-text' : 'text-muted')}>
              {hoursIn(bar, day, zone)}
            </span>
            <AgendaPeople bar={bar} nameOf={nameOf} isNow={bar.startMs <= nowMs && bar.endMs > nowMs} />
          </button>
        </li>
      ))}
      {shown.length === bars.length ? null : (
        <li>
          <button
            type="button"
            onClick={() => setOpen(true)}
            className="min-h-11 w-full px-3 py-2.5 text-left text-sm text-accent-text"
          >
            {plural(bars.length - shown.length, 'more turn')} of {people.join(', ')}
            {gaps === 0 ? '' : `; ${plural(gaps, 'gap')} in all`}
          </button>
        </li>
      )}
    </ul>
  );
}

/** `all day`, `until 09:00`, `from 09:00`, `09:00–17:00`. */
function hoursIn(bar: Bar, day: Day, zone: string): string {
  const starts = bar.startMs > day.startMs;
  const ends = bar.endMs < day.endMs;
  if (starts && ends) return `${clockAt(bar.startMs, zone)}–${clockAt(bar.endMs, zone)}`;
  if (ends) return `until ${clockAt(bar.endMs, zone)}`;
  return starts ? `from ${clockAt(bar.startMs, zone)}` : 'all day';
}

function AgendaPeople({ bar, nameOf, isNow }: { bar: Bar; nameOf: (id: string) => string; isNow: boolean }) {
  const gap = bar.shifts[0]?.gap ?? null;
  const shadows = bar.shifts[0]?.shadowIds ?? [];
  if (bar.kind === 'before') return <span className="text-muted">not begun yet</span>;
  if (bar.kind === 'gap')
    return (
      <span className="min-w-0 text-bad-text">
        <span className="font-semibold">Nobody</span>{' '}
        <span className="text-sm">{gap === null ? '' : gapWords(gap, nameOf)}</span>
      </span>
    );
  return (
    <span className="grid min-w-0 flex-1 gap-1">
      {bar.userIds.map((id) => (
        <Person key={id} name={nameOf(id)} className={isNow ? 'font-semibold' : ''} />
      ))}
      {shadows.length === 0 ? null : (
        <span className="text-xs text-muted">looking on: {shadows.map(nameOf).join(', ')}</span>
      )}
      {bar.kind === 'changed' ? <span className="text-xs text-warn-text">by an override</span> : null}
      {isNow ? <span className="text-xs text-accent-text">now</span> : null}
    </span>
  );
}
