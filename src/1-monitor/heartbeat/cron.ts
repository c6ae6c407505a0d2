/** A cron expression, read: which minutes of which days. */
export type Cron = {
  /** Minutes of the day, ascending. */
  readonly minutes: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly days: Days;
  readonly weekdays: Weekdays;
  /** Whether a day must fit both fields; otherwise one of them is enough, as cron has it when neither is `*`. */
  readonly both: boolean;
  /** A time of day rather than a rhythm (neither minute nor hour begins with `*`): it comes once a day, whatever clocks do. */
  readonly fixed: boolean;
};
type Days = { readonly listed: ReadonlySet<number>; readonly last: boolean };
/** 0 is Sunday. `nth` holds `weekday * 10 + n` of `5#2`, `last` the weekdays of `5L`. */
type Weekdays = {
  readonly listed: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly nth: ReadonlySet<number>;
};

/** What is wrong with an expression, for people. */
export class CronFault extends Error {}

type Field = { readonly name: string; readonly min: number; readonly max: number; readonly words?: readonly string[] };

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTE: Field = { name: 'minute', min: 0, max: 59 };
const HOUR: Field = { name: 'hour', min: 0, max: 23 };
const DAY: Field = { name: 'day of the month', min: 1, max: 31 };
const MONTH: Field = { name: 'month', min: 1, max: 12, words: MONTHS };
const WEEKDAY: Field = { name: 'day of the week', min: 0, max: 7, words: WEEKDAYS };

const SHORT: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Reads five fields (minute, hour, day of the month, month, day of the week) with lists, ranges, steps, names, `L`,
 * `5L` (the last Friday) and `5#2` (the second Friday), or a short form such as `@daily`. Throws `CronFault`.
 */
export function parseCron(text: string): Cron {
  const short = SHORT[text.trim().toLowerCase()];
  if (short === undefined && text.trim().startsWith('@'))
    throw new CronFault(`there is no ${text.trim()}; use ${Object.keys(SHORT).join(', ')} or five fields`);
  const fields = (short ?? text).trim().split(/\s+/);
  const [minute, hour, day, month, weekday, ...more] = fields;
  if (minute === undefined || hour === undefined || day === undefined || month === undefined || weekday === undefined)
    throw new CronFault('has five fields: minute, hour, day of the month, month, day of the week');
  if (more.length > 0)
    throw new CronFault(`has five fields, not ${fields.length}; seconds and years are not known here`);
  const hours = [...readField(HOUR, hour)].toSorted(ascending);
  const minutes = [...readField(MINUTE, minute)].toSorted(ascending);
  return {
    minutes: hours.flatMap((one) => minutes.map((other) => one * 60 + other)),
    months: readField(MONTH, month),
    days: readDays(day),
    weekdays: readWeekdays(weekday),
    both: day.startsWith('*') || weekday.startsWith('*'),
    fixed: !minute.startsWith('*') && !hour.startsWith('*'),
  };
}

const ascending = (a: number, b: number) => a - b;

function readDays(text: string): Days {
  const parts = text.split(',');
  const plain = parts.filter((part) => part.toUpperCase() !== 'L');
  return { listed: plain.length > 0 ? readField(DAY, plain.join(',')) : new Set(), last: plain.length < parts.length };
}

function readWeekdays(text: string): Weekdays {
  const last = new Set<number>();
  const nth = new Set<number>();
  const plain = text.split(',').filter((part) => {
    const [, weekday = '', mark = '', count = ''] = /^(\w+?)(?:(L)|#(\d+))$/i.exec(part) ?? [];
    if (weekday === '') return true;
    const number = readNumber(WEEKDAY, weekday) % 7;
    if (mark !== '') last.add(number);
    else if (Number(count) >= 1 && Number(count) <= 5) nth.add(number * 10 + Number(count));
    else throw new CronFault(`${part}: a month has its first to fifth of a weekday, so # takes 1 to 5`);
    return false;
  });
  const listed = plain.length > 0 ? readField(WEEKDAY, plain.join(',')) : new Set<number>();
  return { listed: new Set([...listed].map((day) => day % 7)), last, nth };
}

function readField(field: Field, text: string): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) for (const value of readPart(field, part)) values.add(value);
  return values;
}

function readPart(field: Field, part: string): number[] {
  const [range = '', step, ...rest] = part.split('/');
  if (part === '' || rest.length > 0) throw new CronFault(`the ${field.name} ${quoted(part)} cannot be read`);
  const by = step === undefined ? 1 : Number(step);
  if (step !== undefined && (!/^\d{1,3}$/.test(step) || by < 1))
    throw new CronFault(`the step of the ${field.name} must be a number from 1, not ${quoted(step)}`);
  const [from, to] = readRange(field, range, step !== undefined);
  const values: number[] = [];
  for (let value = from; value <= to; value += by) values.push(value);
  return values;
}

function readRange(field: Field, text: string, stepped: boolean): [number, number] {
  if (text === '*') return [field.min, field === WEEKDAY ? 6 : field.max];
  const [first = '', second, ...rest] = text.split('-');
  if (rest.length > 0) throw new CronFault(`the ${field.name} ${quoted(text)} cannot be read`);
  const from = readNumber(field, first);
  if (second === undefined) return [from, stepped ? field.max : from];
  const end = readNumber(field, second);
  // A week may end on its Sunday: FRI-SUN.
  const to = field === WEEKDAY && end === 0 && from > 0 ? 7 : end;
  if (to < from) throw new CronFault(`the ${field.name} ${text} runs backwards; write it as two ranges`);
  return [from, to];
}

function readNumber(field: Field, text: string): number {
  const word = field.words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return word + field.min;
  const number = Number(text);
  if (/^\d{1,2}$/.test(text) && number >= field.min && number <= field.max) return number;
  const names = field.words ? ` or a name such as ${field.words[1]}` : '';
  throw new CronFault(`the ${field.name} is a number from ${field.min} to ${field.max}${names}, not ${quoted(text)}`);
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `"${text.slice(0, 20)}"`;
}

function fitsDay(cron: Cron, date: Temporal.PlainDate): boolean {
  if (!cron.months.has(date.month)) return false;
  const weekday = date.dayOfWeek % 7;
  const isLastWeek = date.day + 7 > date.daysInMonth;
  const byDay = cron.days.listed.has(date.day) || (cron.days.last && date.day === date.daysInMonth);
  const byWeekday =
    cron.weekdays.listed.has(weekday) ||
    (isLastWeek && cron.weekdays.last.has(weekday)) ||
    cron.weekdays.nth.has(weekday * 10 + Math.ceil(date.day / 7));
  return cron.both ? byDay && byWeekday : byDay || byWeekday;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** The 29th of February may be eight years away. */
const LOOK_AHEAD_DAYS = 9 * 366;

/** A stretch of a day in which its clock runs evenly: minutes of the day [from, to), the first one at `startMs`. */
type Stretch = { readonly from: number; readonly to: number; readonly startMs: number };

/** A day as its clock shows it: one stretch, or two with a gap or an overlap between them. */
function stretchesOf(date: Temporal.PlainDate, timeZone: string): Stretch[] {
  const end = date.add({ days: 1 }).toZonedDateTime({ timeZone });
  const stretches: Stretch[] = [];
  let at = date.toZonedDateTime({ timeZone });
  while (at.epochMilliseconds < end.epochMilliseconds) {
    const next = at.getTimeZoneTransition('next');
    const until = next && next.epochMilliseconds < end.epochMilliseconds ? next : end;
    const from = at.hour * 60 + at.minute;
    const length = Math.round((until.epochMilliseconds - at.epochMilliseconds) / MINUTE_MS);
    stretches.push({ from, to: from + length, startMs: at.epochMilliseconds });
    at = until;
  }
  return stretches;
}

/**
 * The instants of one day, in order. A rhythm (`*` in minute or hour) follows the clock: nothing comes in an hour that
 * is left out, and an hour that comes twice has its times twice. A time of day comes once: at the end of the gap that
 * swallowed it, and in the first of two equal hours. So do the crons of Debian and of most others.
 */
function* timesOfDay(cron: Cron, date: Temporal.PlainDate, timeZone: string): Generator<number> {
  let told = 0;
  let endMs = 0;
  const swallowed = (from: number, to: number) =>
    cron.fixed && cron.minutes.some((minute) => minute >= from && minute < to);
  for (const { from, to, startMs } of stretchesOf(date, timeZone)) {
    if (swallowed(told, from)) yield startMs;
    for (const minute of cron.minutes) {
      if (minute >= to) break;
      if (minute >= from && (!cron.fixed || minute >= told)) yield startMs + (minute - from) * MINUTE_MS;
    }
    told = Math.max(told, to);
    endMs = startMs + (to - from) * MINUTE_MS;
  }
  if (told > 0 && swallowed(told, DAY_MINUTES)) yield endMs;
}

/** The times after an instant, in order, at most `count`; fewer only when the next is more than nine years away. */
export function upcoming(cron: Cron, timeZone: string, after: Date, count: number): Date[] {
  const found: Date[] = [];
  let lastMs = after.getTime();
  let date = Temporal.Instant.fromEpochMilliseconds(lastMs).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let idle = 0; idle <= LOOK_AHEAD_DAYS && found.length < count; idle++, date = date.add({ days: 1 })) {
    if (!fitsDay(cron, date)) continue;
    for (const ms of timesOfDay(cron, date, timeZone)) {
      if (ms <= lastMs) continue;
      lastMs = ms;
      idle = 0;
      found.push(new Date(ms));
      if (found.length === count) break;
    }
  }
  return found;
}
