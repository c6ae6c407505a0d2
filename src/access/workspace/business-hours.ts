import { holidayAt, type Holidays, NO_HOLIDAYS } from '../holiday/holidays.ts';

/** ISO weekdays (1 = Monday … 7 = Sunday) and one stretch of wall time a day, `start` included, `end` not. */
export type BusinessHours = { readonly days: readonly number[]; readonly start: string; readonly end: string };

/** Business hours, the zone that they are read in, and the dates on which they do not run. */
export type OpenHours = {
  readonly businessHours: BusinessHours;
  readonly timeZone: string;
  readonly holidays: Holidays;
};

/** Whether an instant falls into business hours; never on a holiday. */
export function isWithinBusinessHours({ businessHours: hours, timeZone, holidays }: OpenHours, instant: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime();
  return (
    hours.days.includes(local.dayOfWeek) &&
    Temporal.PlainTime.compare(time, hours.start) >= 0 &&
    Temporal.PlainTime.compare(time, hours.end) < 0 &&
    holidayAt(holidays, timeZone, instant) === null
  );
}

/** A calendar that leaves no working day for so long is a mistake, and must not keep a page from going out. */
const MOST_CLOSED_DAYS = 62;

/**
 * The first opening at or after an instant: inside business hours that is the next business day's. A start that the
 * clock skips (spring forward) opens at the first instant after the gap. Holidays are passed over, unless there is
 * nothing else for two months.
 */
export function nextBusinessStart(open: OpenHours, instant: Date): Date {
  const { businessHours: hours, timeZone, holidays } = open;
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime());
  let day = from.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ahead <= MOST_CLOSED_DAYS; ahead++) {
    const start = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(hours.start) }).toInstant();
    if (
      hours.days.includes(day.dayOfWeek) &&
      !holidays.has(day.toString()) &&
      Temporal.Instant.compare(start, from) >= 0
    )
      return new Date(start.epochMilliseconds);
    day = day.add({ days: 1 });
  }
  if (holidays.size > 0) return nextBusinessStart({ ...open, holidays: NO_HOLIDAYS }, instant);
  throw new Error('Invariant broken: business hours name no weekday');
}

/**
 * The holidays that keep business hours from running between an instant and another, each once: on working days that have
 * hours left after the first. Empty when the hours would not have run anyway.
 */
export function closuresBetween(
  { businessHours: hours, timeZone, holidays }: OpenHours,
  from: Date,
  until: Date,
): string[] {
  if (holidays.size === 0) return [];
  const at = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone);
  const end = Temporal.Instant.fromEpochMilliseconds(until.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const names = new Set<string>();
  let day = at.toPlainDate();
  if (Temporal.PlainTime.compare(at.toPlainTime(), hours.end) >= 0) day = day.add({ days: 1 });
  for (; Temporal.PlainDate.compare(day, end) <= 0 && names.size < MOST_CLOSED_DAYS; day = day.add({ days: 1 })) {
    const name = holidays.get(day.toString());
    if (name !== undefined && hours.days.includes(day.dayOfWeek)) names.add(name);
  }
  return [...names];
}
