import type { DrillEvery } from './contract.ts';

export type DrillTimes = { readonly every: DrillEvery; readonly weekday: number; readonly atTime: string };

/** The first time of a plan after an instant, by the clock of a zone; of a month, the first such weekday in it. */
export function nextDrillAt({ every, weekday, atTime }: DrillTimes, timeZone: string, after: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone);
  const plainTime = Temporal.PlainTime.from(atTime);
  // Two months hold at least one first weekday that is still to come.
  for (let day = local.toPlainDate(), ahead = 0; ahead < 70; ahead++, day = day.add({ days: 1 })) {
    if (day.dayOfWeek !== weekday || (every === 'month' && day.day > 7)) continue;
    const at = day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
    if (at > after.getTime()) return new Date(at);
  }
  throw new Error('Invariant broken: a plan has a next time');
}
