import { addSeconds } from '#kernel/duration.ts';
import { CommandError, EXIT } from './io.ts';
import { parseDuration } from './text.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What the help of every option that takes a time says. */
export const TIME_HELP = 'such as 2h, 18:00, "tomorrow 09:00", "mon 09:00" or 2026-12-24T18:00Z';

/**
 * A time as people write it, in the zone of the terminal unless it names its own: `now`, `2h` (from now), `2h ago`,
 * `18:00` (the next one), `today 18:00`, `tomorrow 09:00`, `mon 09:00` (the next one), `2026-12-24`, `2026-12-24 18:00`,
 * and ISO 8601. Without a time of day a day begins at 00:00. Null for anything else.
 */
export function parseTime(text: string, now: Date, zone = terminalZone()): Date | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === 'now') return now;
  const length = /^(?:(in )?(\d+ ?(?:s|m|min|h|d))|(-)?(\d+ ?(?:s|m|min|h|d))( ago)?)$/.exec(wanted);
  if (length) {
    const seconds = parseDuration(length[2] ?? length[4] ?? '');
    const back = length[3] !== undefined || length[5] !== undefined;
    return seconds === null ? null : addSeconds(now, back ? -seconds : seconds);
  }
  return parseWallTime(wanted, now, zone) ?? parseInstant(text.trim());
}

/** The time that an option gives, or a sentence about it. */
export function timeOf(option: string, text: string, now: Date): Date {
  const at = parseTime(text, now);
  if (at === null) throw new CommandError(`--${option} ${text} is not a time; expected one ${TIME_HELP}.`, EXIT.usage);
  return at;
}

/** `{ from: '…' }` for an option that gives a time, nothing for one that is not there. */
export function instantOf<Name extends string>(
  option: Name,
  text: string | undefined,
  now: Date,
): { [K in Name]?: string } {
  if (text === undefined) return {};
  return { [option]: timeOf(option, text, now).toISOString() } as { [K in Name]?: string };
}

/** The length of time that an option gives, in seconds, or a sentence about it. */
export function lengthOf(option: string, text: string): number {
  const seconds = parseDuration(text);
  if (seconds === null)
    throw new CommandError(`--${option} ${text} is not a length of time; expected one such as 30m or 2h.`, EXIT.usage);
  return seconds;
}

/** How long a key that is replaced works on, in seconds. */
export function graceOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== null) return seconds;
  throw new CommandError(`--grace ${text} is no length; say 24h, 7d, or 0 to revoke at once.`, EXIT.usage);
}

/** When something ends: at `--until`, or `--for` so long after it begins. */
export function endOf(
  options: { readonly for?: string; readonly until?: string },
  startsAt: Date,
  now: Date,
  example: string,
): Date {
  if ((options.for === undefined) === (options.until === undefined))
    throw new CommandError(`Say for how long, or until when: ${example}`, EXIT.usage);
  return options.until === undefined
    ? addSeconds(startsAt, lengthOf('for', options.for ?? ''))
    : timeOf('until', options.until, now);
}

function parseWallTime(text: string, now: Date, zone: string): Date | null {
  const match = /^(?:(today|tomorrow|[a-z]{3,9}|\d{4}-\d\d-\d\d)(?:[ t]+)?)?(\d{1,2}:\d\d)?$/.exec(text);
  if (!match || text === '') return null;
  const [, day, time] = match;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const date = dateOf(day, here.toPlainDate());
  if (date === null) return null;
  const at = atTime(date, time ?? '0:00', zone);
  if (at === null || at > now || (day !== undefined && !isWeekday(day))) return at;
  // A time of day, or a weekday, that has passed means the next one.
  return atTime(date.add({ days: day === undefined ? 1 : 7 }), time ?? '0:00', zone);
}

function dateOf(day: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (day === undefined || day === 'today') return today;
  if (day === 'tomorrow') return today.add({ days: 1 });
  if (/^\d/.test(day)) {
    try {
      return Temporal.PlainDate.from(day);
    } catch {
      return null;
    }
  }
  const weekday = WEEKDAYS.findIndex((name) => name.startsWith(day)) + 1;
  return weekday === 0 ? null : today.add({ days: (weekday - today.dayOfWeek + 7) % 7 });
}

function atTime(date: Temporal.PlainDate, time: string, zone: string): Date | null {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (hour > 23 || minute > 59) return null;
  const at = date.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour, minute) });
  return new Date(at.epochMilliseconds);
}

function isWeekday(day: string): boolean {
  return WEEKDAYS.some((name) => name.startsWith(day));
}

function parseInstant(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d.*(z|[+-]\d\d:?\d\d)$/i.test(text)) return null;
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}

function terminalZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
