import { isWithinBusinessHours, nextBusinessStart, type OpenHours } from '#access';
import type { SeverityLevel } from '#declare';
import { addSeconds, SECOND_MS } from '#kernel/duration.ts';

/** When somebody is asked, warned, and when the promise breaks. */
export type Clock = { readonly promptAt: Date; readonly warnAt: Date | undefined; readonly dueAt: Date };

/** The hours in which clocks of levels with `clocksStopOutsideHours` run. */
export type Hours = OpenHours;

type Timed = Pick<SeverityLevel, 'firstUpdateSeconds' | 'updateEverySeconds' | 'clocksStopOutsideHours'>;

/** The clock of the first public update, counted from detection; null when the level has none. */
export function firstUpdateClock(level: Timed, detectedAt: Date, hours: Hours): Clock | null {
  const { firstUpdateSeconds: seconds } = level;
  if (!seconds) return null;
  const after = runner(level, hours);
  return {
    promptAt: after(detectedAt, seconds.prompt),
    warnAt: after(detectedAt, seconds.warn),
    dueAt: after(detectedAt, seconds.due),
  };
}

/**
 * The clock of the next update, counted from the last one. The author's own time is taken as it is, at any hour: a
 * promise to the public is a time on the clock. Null when neither the author nor the level asks for one.
 */
export function nextUpdateClock(level: Timed, now: Date, hours: Hours, chosenSeconds?: number): Clock | null {
  const every = level.updateEverySeconds;
  const seconds = chosenSeconds ?? every?.promise;
  if (seconds === undefined) return null;
  const dueAt = chosenSeconds === undefined ? runner(level, hours)(now, seconds) : addSeconds(now, seconds);
  const lead = Math.min(every?.promptBefore ?? 300, Math.floor(seconds / 2));
  const promptAt = new Date(Math.max(now.getTime(), dueAt.getTime() - lead * SECOND_MS));
  return { promptAt, warnAt: undefined, dueAt };
}

function runner(level: Timed, hours: Hours): (from: Date, seconds: number) => Date {
  return level.clocksStopOutsideHours
    ? (from, seconds) => addBusinessSeconds(hours, from, seconds)
    : (from, seconds) => addSeconds(from, seconds);
}

const MAX_DAYS = 400;

/** The instant at which a clock that only runs in business hours has run for `seconds`. */
export function addBusinessSeconds(hours: Hours, from: Date, seconds: number): Date {
  const opening = (at: Date) => nextBusinessStart(hours, at);
  let at = isWithinBusinessHours(hours, from) ? from : opening(from);
  let left = seconds * SECOND_MS;
  for (let day = 0; day < MAX_DAYS; day++) {
    const close = closingOf(hours, at);
    const room = close.getTime() - at.getTime();
    if (left <= room) return new Date(at.getTime() + left);
    left -= room;
    at = opening(close);
  }
  throw new Error('Invariant broken: business hours never pass');
}

function closingOf({ businessHours, timeZone }: Hours, at: Date): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const close = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(businessHours.end) });
  return new Date(Math.max(at.getTime(), close.epochMilliseconds));
}
