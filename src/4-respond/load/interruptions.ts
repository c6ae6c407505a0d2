import { isWithinBusinessHours, type OpenHours } from '#access';
import { MINUTE_MS } from '#kernel/duration.ts';
import { isNight, NIGHT_BEGINS } from './night.ts';

/** What follows within ten minutes finds the person awake already. */
const ONE_INTERRUPTION_MS = 10 * MINUTE_MS;

export type Interruptions = {
  readonly pages: number;
  /** Outside business hours, pages that follow one another counted once. */
  readonly outsideHours: number;
  /** Nights, 22 to 7, in which a page came. */
  readonly nights: number;
};

/** What pages that reached somebody at some instants, in order, did to their free time, by their own clock and holidays. */
export function interruptionsOf(rangAt: readonly Date[], hours: OpenHours): Interruptions {
  const { timeZone } = hours;
  let outsideHours = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  const nights = new Set<string>();
  for (const at of rangAt) {
    if (isWithinBusinessHours(hours, at)) continue;
    if (at.getTime() - lastMs >= ONE_INTERRUPTION_MS) outsideHours++;
    lastMs = at.getTime();
    if (isNight(at, timeZone)) nights.add(nightOf(at, timeZone));
  }
  return { pages: rangAt.length, outsideHours, nights: nights.size };
}

/** The date of the evening on which a night began. */
function nightOf(at: Date, timeZone: string): string {
  const clock = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const day = clock.toPlainDate();
  return (clock.hour >= NIGHT_BEGINS ? day : day.subtract({ days: 1 })).toString();
}
