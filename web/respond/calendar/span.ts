import { dateAt, firstInstantOf } from './zone.ts';

export type CalendarView = 'day' | 'week' | 'month';

/** A stretch of time in epoch milliseconds, its end not in it. */
export type Stretch = { readonly startMs: number; readonly endMs: number };

/** A day of a zone, from its midnight to the next: 23, 24 or 25 hours, or what else the clock makes of it. */
export type Day = Stretch & { readonly date: string; readonly hours: number };

/** What a calendar shows: whole days of a zone. */
export type CalendarSpan = Stretch & { readonly days: readonly Day[] };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const utc = (date: string) => Date.parse(`${date}T00:00:00Z`);
const textOf = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 10);

/** A date some days on: `2026-02-28` and 1 are `2026-03-01`. */
export function addDays(date: string, days: number): string {
  return textOf(utc(date) + days * DAY_MS);
}

const firstOfMonth = (date: string) => `${date.slice(0, 7)}-01`;

function monthsOn(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return textOf(Date.UTC(year, month - 1 + months, 1));
}

/** The first date that a view of some date shows, and the first that it does not. */
function datesOf(view: CalendarView, date: string): [string, string] {
  if (view === 'day') return [date, addDays(date, 1)];
  if (view === 'week') return [date, addDays(date, 7)];
  return [firstOfMonth(date), monthsOn(date, 1)];
}

/**
 * A date, the week that begins with it, or the month that holds it, on the calendar of a zone. Weeks begin where one looks:
 * of a week from Monday, a Sunday would show six days that are over.
 */
export function calendarSpan(view: CalendarView, date: string, zone: string): CalendarSpan {
  const [first, end] = datesOf(view, date);
  const days: Day[] = [];
  let startMs = firstInstantOf(utc(first), zone);
  for (let day = first; day < end; day = addDays(day, 1)) {
    const endMs = firstInstantOf(utc(addDays(day, 1)), zone);
    // A zone that moves across the date line leaves a day out.
    if (endMs > startMs) days.push({ date: day, startMs, endMs, hours: (endMs - startMs) / HOUR_MS });
    startMs = endMs;
  }
  return { startMs: days[0]?.startMs ?? startMs, endMs: startMs, days };
}

/** The date to show after, or before, the one that is shown. */
export function stepDate(view: CalendarView, date: string, by: 1 | -1): string {
  if (view === 'day') return addDays(date, by);
  return view === 'week' ? addDays(date, 7 * by) : monthsOn(date, by);
}

/** Whether a view of a date shows an instant. */
function isShown(view: CalendarView, date: string, instantMs: number, zone: string): boolean {
  const [first, end] = datesOf(view, date);
  const then = dateAt(instantMs, zone);
  return first <= then && then < end;
}

/** Whether a view of a date is the one of today; a week is when it begins with it. */
export function isToday(view: CalendarView, date: string, instantMs: number, zone: string): boolean {
  return view === 'month' ? isShown(view, date, instantMs, zone) : date === dateAt(instantMs, zone);
}

/** A date as `datetime` fields and addresses write it, and one that is in the calendar. */
export function isDate(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    /^20\d\d-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(utc(text)) &&
    textOf(utc(text)) === text
  );
}
