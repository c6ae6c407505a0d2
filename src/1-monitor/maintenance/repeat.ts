import { SECOND_MS } from '#kernel/duration.ts';
import { firstInstantOf } from '#kernel/wall-clock.ts';
import { parseCron, upcoming } from '../heartbeat/cron.ts';
import type { Repeat } from './series-contract.ts';

/** What says when planned work comes again. */
export type Recurrence = {
  readonly repeat: Repeat;
  readonly timeZone: string;
  readonly durationSeconds: number;
  /** The first and the last date, in the zone, on which it may begin; `2026-11-23`. */
  readonly fromDate: string;
  readonly untilDate: string | null;
};

export type Occurrence = { readonly startsAt: Date; readonly endsAt: Date };

/** Two months without a 31st never follow each other, so a day that fits is never further away than this. */
const FURTHEST_DAYS = 63;

/**
 * What comes after an instant, in order. A time of the clock that is left out when clocks go forward begins at the end of
 * the gap, one that comes twice at the first; from there it lasts as long as was said in time that passes, not on the
 * clock. A month without its 31st has none.
 */
export function* occurrencesAfter(recurrence: Recurrence, after: Date): Generator<Occurrence> {
  for (const startsAt of startsAfter(recurrence, after))
    yield { startsAt, endsAt: new Date(startsAt.getTime() + recurrence.durationSeconds * SECOND_MS) };
}

/** The next ones after an instant, at most so many. */
export function nextOccurrences(recurrence: Recurrence, after: Date, count: number): Occurrence[] {
  return occurrencesAfter(recurrence, after).take(count).toArray();
}

function startsAfter({ repeat, timeZone, fromDate, untilDate }: Recurrence, after: Date): Generator<Date> {
  const first = Temporal.PlainDate.from(fromDate);
  const last = untilDate === null ? null : Temporal.PlainDate.from(untilDate);
  if (repeat.every === 'cron') return byCron(repeat.expression, timeZone, first, last, after);
  return byCalendar(repeat, timeZone, first, last, after);
}

function* byCalendar(
  repeat: Exclude<Repeat, { every: 'cron' }>,
  timeZone: string,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate | null,
  after: Date,
): Generator<Date> {
  const time = Temporal.PlainTime.from(repeat.atTime);
  // A day early, since the gap of a clock may move a beginning past midnight.
  let date = laterOf(first, dateOf(after, timeZone).subtract({ days: 1 }));
  for (let empty = 0; empty <= FURTHEST_DAYS; empty++, date = date.add({ days: 1 })) {
    if (last !== null && Temporal.PlainDate.compare(date, last) > 0) return;
    if (!isOn(repeat, date)) continue;
    empty = 0;
    const startsMs = firstInstantOf(date.toPlainDateTime(time), timeZone);
    if (startsMs > after.getTime()) yield new Date(startsMs);
  }
}

/** Some times at once, since each question begins with looking at the day. */
const CRON_AT_ONCE = 20;

function* byCron(
  expression: string,
  timeZone: string,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate | null,
  after: Date,
): Generator<Date> {
  const cron = parseCron(expression);
  const firstMs = first.toZonedDateTime({ timeZone }).epochMilliseconds;
  const endMs = last === null ? Infinity : last.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
  let from = new Date(Math.max(after.getTime(), firstMs - 1));
  for (;;) {
    const times = upcoming(cron, timeZone, from, CRON_AT_ONCE);
    for (const time of times) {
      if (time.getTime() >= endMs) return;
      yield time;
      from = time;
    }
    if (times.length < CRON_AT_ONCE) return;
  }
}

function isOn(repeat: Exclude<Repeat, { every: 'cron' }>, date: Temporal.PlainDate): boolean {
  switch (repeat.every) {
    case 'day':
      return true;
    case 'week':
      return repeat.days.includes(date.dayOfWeek);
    case 'month': {
      if ('day' in repeat.on) return date.day === (repeat.on.day === 'last' ? date.daysInMonth : repeat.on.day);
      if (date.dayOfWeek !== repeat.on.weekday) return false;
      return repeat.on.nth === 'last' ? date.day + 7 > date.daysInMonth : Math.ceil(date.day / 7) === repeat.on.nth;
    }
  }
}

/** The shortest time between two beginnings among the next ones, in seconds; null when there is but one. */
export function shortestGapSeconds(recurrence: Recurrence, after: Date): number | null {
  const starts = nextOccurrences(recurrence, after, 60).map(({ startsAt }) => startsAt.getTime());
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  return gaps.length === 0 ? null : Math.min(...gaps) / SECOND_MS;
}

function laterOf(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b;
}

function dateOf(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}
