/** ISO weekdays (1 = Monday … 7 = Sunday) and one stretch of wall time a day, `start` included, `end` not. */
export type BusinessHours = { readonly days: readonly number[]; readonly start: string; readonly end: string };

/** Whether an instant falls into business hours, read in the zone. */
export function isWithinBusinessHours(hours: BusinessHours, zone: string, instant: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  const time = local.toPlainTime();
  return (
    hours.days.includes(local.dayOfWeek) &&
    Temporal.PlainTime.compare(time, hours.start) >= 0 &&
    Temporal.PlainTime.compare(time, hours.end) < 0
  );
}

/**
 * The first opening at or after an instant: inside business hours that is the next business day's. A start that the
 * clock skips (spring forward) opens at the first instant after the gap.
 */
export function nextBusinessStart(hours: BusinessHours, zone: string, instant: Date): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime());
  let day = from.toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ahead <= 14; ahead++) {
    const start = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(hours.start) }).toInstant();
    if (hours.days.includes(day.dayOfWeek) && Temporal.Instant.compare(start, from) >= 0) {
      return new Date(start.epochMilliseconds);
    }
    day = day.add({ days: 1 });
  }
  throw new Error('Invariant broken: business hours name no weekday');
}
