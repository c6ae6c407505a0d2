import ical, { type VEvent } from 'node-ical';
import type { Interval } from '#kernel/interval.ts';
import { outlineCalendar } from '#platform/calendar-rules.ts';
import { firstInstantOf } from '#kernel/wall-clock.ts';

/** One entry of somebody else's calendar; a repeating one is many. */
export type ForeignEntry = Interval & {
  readonly summary: string;
  /** Addresses of who takes part, in lower case. */
  readonly emails: readonly string[];
};

const CALENDAR_LIMITS = { chars: 500_000, events: 2_000, repeating: 50, entries: 2_000 } as const;

/** A calendar that is not read; the message says why, for people. */
export class CalendarRefusal extends Error {}

/**
 * The entries of an iCalendar text that touch a window, in order of time. Days without a time are whole days in `zone`.
 * Throws a CalendarRefusal for what is no calendar, or is more than anybody's shifts can be.
 */
export function parseCalendar(text: string, zone: string, window: Interval): ForeignEntry[] {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw new CalendarRefusal('is not an iCalendar file');
  const { rules, fault } = outlineCalendar(text);
  if (fault !== null) throw new CalendarRefusal(fault);
  // Rules that repeat by the minute are nobody's shifts, and would take for ever to write out.
  if (rules.some((rule) => /FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(SECOND|MINUTE|HOUR|SETPOS|YEARDAY)=/i.test(rule)))
    throw new CalendarRefusal('repeats an entry within a day; only daily, weekly, monthly and yearly rules are read');
  const events = eventsIn(text);
  if (events.length > CALENDAR_LIMITS.events)
    throw new CalendarRefusal(`has more than ${CALENDAR_LIMITS.events} entries; export a shorter time`);
  if (events.filter(({ rrule }) => rrule).length > CALENDAR_LIMITS.repeating)
    throw new CalendarRefusal(`has more than ${CALENDAR_LIMITS.repeating} repeating entries`);
  const entries = events
    .flatMap((event) => spansOf(event, zone, window).map((span) => ({ ...span, ...whoOf(event) })))
    .filter(({ startMs, endMs }) => startMs < window.endMs && endMs > window.startMs && endMs > startMs)
    .toSorted((one, other) => one.startMs - other.startMs);
  if (entries.length > CALENDAR_LIMITS.entries)
    throw new CalendarRefusal(`comes to more than ${CALENDAR_LIMITS.entries} entries; export a shorter time`);
  return entries;
}

function eventsIn(text: string): VEvent[] {
  try {
    return Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');
  } catch {
    throw new CalendarRefusal('cannot be read as iCalendar; export it again');
  }
}

function spansOf(event: VEvent, zone: string, window: Interval): Interval[] {
  const isDate = event.datetype === 'date';
  try {
    const times = event.rrule
      ? ical.expandRecurringEvent(event, {
          from: new Date(window.startMs),
          to: new Date(window.endMs),
          expandOngoing: true,
        })
      : [event];
    return times.flatMap(({ start, end }) => {
      if (!isInstant(start) || !isInstant(end)) return [];
      return [isDate ? wholeDays(start, end, zone) : { startMs: start.getTime(), endMs: end.getTime() }];
    });
  } catch {
    throw new CalendarRefusal('has a repeating entry that cannot be read');
  }
}

/** Within the years that can be written with four digits; an entry that ends later is nobody's shift. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(9999, 0, 1);
const isInstant = (at: unknown): at is Date => at instanceof Date && at.getTime() >= FIRST_MS && at.getTime() < LAST_MS;

/** A day without a time is read as midnight on this machine's clock, whatever that is; what it says is the date. */
function wholeDays(start: Date, end: Date, zone: string): Interval {
  const midnight = (day: Date) =>
    firstInstantOf(new Temporal.PlainDateTime(day.getFullYear(), day.getMonth() + 1, day.getDate()), zone);
  return { startMs: midnight(start), endMs: midnight(end) };
}

function whoOf({ summary, attendee, organizer }: VEvent): Omit<ForeignEntry, 'startMs' | 'endMs'> {
  const people = [attendee, organizer].flat().map((one) => textOf(one));
  const emails = people.flatMap((text) => /^mailto:(.+)$/i.exec(text)?.[1]?.trim().toLowerCase() ?? []);
  return { summary: textOf(summary).trim().slice(0, 200), emails: [...new Set(emails)] };
}

/** A value as it stands, or inside an object with its parameters. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'val' in value && typeof value.val === 'string') return value.val;
  return '';
}
