import ical, { type VEvent } from 'node-ical';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid } from '#kernel/errors.ts';
import { outlineCalendar } from '#platform/calendar-rules.ts';
import { HOLIDAY_LIMITS } from './contract.ts';
import type { Holiday } from './holidays.ts';

/** A holiday that lasts longer is somebody's vacation. */
const LONGEST_DAYS = 31;
const YEARS_AHEAD = 3;

export type FileDays = { readonly items: readonly Holiday[]; readonly leftOutEntries: number };

/**
 * The whole days of an iCalendar text; what repeats every year is written out from last year to three years ahead. Entries
 * with a time of day are counted and left out. Refuses what is no calendar, and what repeats in another way.
 */
export function daysInFile(text: string, now: Date): FileDays {
  const refuse = (why: string) => invalid('body.ics', why);
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw refuse('is not an iCalendar file');
  const { rules, fault } = outlineCalendar(text);
  if (fault !== null) throw refuse(fault);
  // Written out, other rules would be everything but holidays, and some never end.
  if (rules.some((rule) => !/FREQ=YEARLY/i.test(rule) || /BY(SECOND|MINUTE|HOUR|SETPOS|YEARDAY|WEEKNO)=/i.test(rule)))
    throw refuse('has an entry that repeats, but not every year');
  const events = eventsIn(text);
  if (events === null) throw refuse('cannot be read as iCalendar; export it again');
  const whole = events.filter(({ datetype }) => datetype === 'date');
  const tooMany = () => refuse(`comes to more than ${HOLIDAY_LIMITS.ownDays} days; export a shorter time`);
  if (whole.filter(({ rrule }) => rrule).length > HOLIDAY_LIMITS.ownDays) throw tooMany();
  const days = new Map<string, Holiday>();
  for (const event of whole) {
    const name = nameOf(event);
    const spans = event.rrule ? timesOf(event, now) : [event];
    if (spans === null) throw refuse('has a repeating entry that cannot be read');
    for (const span of spans)
      for (const date of datesOf(span)) days.set(date, { date, name: name === '' ? 'Holiday' : name });
    if (days.size > HOLIDAY_LIMITS.ownDays) throw tooMany();
  }
  return {
    items: [...days.values()].toSorted((one, other) => one.date.localeCompare(other.date)),
    leftOutEntries: events.length - whole.length,
  };
}

function eventsIn(text: string): VEvent[] | null {
  try {
    return Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');
  } catch {
    return null;
  }
}

function timesOf(event: VEvent, now: Date) {
  const year = now.getUTCFullYear();
  try {
    return ical.expandRecurringEvent(event, {
      from: new Date(Date.UTC(year - 1, 0, 1)),
      to: new Date(Date.UTC(year + YEARS_AHEAD, 11, 31)),
      expandOngoing: true,
    });
  } catch {
    return null;
  }
}

/** A day without a time is read as midnight on this machine's clock, whatever that is; what it says is the date. */
function datesOf({ start, end }: { readonly start?: unknown; readonly end?: unknown }): string[] {
  if (!isInstant(start)) return [];
  const first = Date.UTC(start.getFullYear(), start.getMonth(), start.getDate());
  const last = isInstant(end) ? Date.UTC(end.getFullYear(), end.getMonth(), end.getDate()) : first + DAY_MS;
  const count = Math.min(LONGEST_DAYS, Math.max(1, Math.round((last - first) / DAY_MS)));
  return Array.from({ length: count }, (_, day) => new Date(first + day * DAY_MS).toISOString().slice(0, 10)).filter(
    (date) => date >= '1970' && date < '2200',
  );
}

const isInstant = (at: unknown): at is Date => at instanceof Date && !Number.isNaN(at.getTime());

function nameOf({ summary }: VEvent): string {
  const text = typeof summary === 'string' ? summary : String((summary as { val?: unknown } | undefined)?.val ?? '');
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 120);
}
