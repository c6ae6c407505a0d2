import { minuteOfWeek, MINUTES_OF_WEEK, minutesOf } from '#detect';
import { DAY_MS } from '#kernel/duration.ts';
import type { OwnHours } from './policy.ts';

/** A year has both changes of every clock; no two of them that matter here are closer to each other than this. */
const SAMPLE_DAYS = 3;
const YEAR_DAYS = 366;

/** The zone whose clocks on the wall say when hours are; the workspace's, unless they name one. */
const zoneOf = (hours: OwnHours, timeZone: string) => hours.timeZone ?? timeZone;

/** For each minute of a week, from Monday 00:00, whether a step with these hours applies. */
function minutesWithin(hours: OwnHours): readonly boolean[] {
  const known = worked.get(hours);
  if (known !== undefined) return known;
  const wanted = hours.op === 'within';
  const minutes = minutesOf(hours).map((within) => within === wanted);
  worked.set(hours, minutes);
  return minutes;
}

/** A proof of coverage asks about the same hours at every instant at which something changes. */
const worked = new WeakMap<OwnHours, readonly boolean[]>();

/** Whether a step with these hours applies at an instant, by the clock on the wall. */
export function isInHours(hours: OwnHours, timeZone: string, at: Date): boolean {
  return minutesWithin(hours)[minuteOfWeek(at, zoneOf(hours, timeZone))] === true;
}

/** Whether these hours ever come. */
export function everComes(hours: OwnHours): boolean {
  return minutesWithin(hours).includes(true);
}

/**
 * The instants of a window at which these hours may begin or end. Where a change of the clock skips or repeats a time, all
 * that it could mean, and the change itself: one instant too many does no harm.
 */
export function changesOf(hours: OwnHours, timeZone: string, from: Date, until: Date): number[] {
  const zone = zoneOf(hours, timeZone);
  const local = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const last = local(until).toPlainDate();
  const changes: number[] = [];
  for (let day = local(from).toPlainDate(); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    for (const time of [hours.from, hours.to])
      for (const disambiguation of ['earlier', 'later'] as const)
        changes.push(day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
  const end = until.getTime();
  for (
    let change = local(from).getTimeZoneTransition('next');
    change !== null && change.epochMilliseconds < end;
    change = change.getTimeZoneTransition('next')
  )
    changes.push(change.epochMilliseconds);
  return changes.filter((ms) => ms > from.getTime() && ms < end);
}

/**
 * The first minute of the week, in the zone of the first of some hours, in which none of them applies; null when one always
 * does. Hours of several zones are laid over each other as they lie in the course of a year, whatever the clocks do.
 */
export function firstUncovered(
  all: readonly OwnHours[],
  timeZone: string,
  at: Date,
): { readonly minute: number; readonly timeZone: string } | null {
  const base = all[0] === undefined ? timeZone : zoneOf(all[0], timeZone);
  const zones = [...new Set(all.map((hours) => zoneOf(hours, timeZone)))];
  const ready = all.map((hours) => ({ zone: zones.indexOf(zoneOf(hours, timeZone)), within: minutesWithin(hours) }));
  for (const shifts of shiftsBetween(base, zones, at))
    for (let minute = 0; minute < MINUTES_OF_WEEK; minute += 1)
      if (!ready.some(({ zone, within }) => within[wrap(minute + (shifts[zone] ?? 0))] === true))
        return { minute, timeZone: base };
  return null;
}

/** By how many minutes the clocks of zones are ahead of those of another, once for each way in which they stand in a year. */
function shiftsBetween(base: string, zones: readonly string[], at: Date): number[][] {
  const found = new Map<string, number[]>();
  for (let day = 0; day <= YEAR_DAYS; day += SAMPLE_DAYS) {
    const then = new Date(at.getTime() + day * DAY_MS);
    const minute = minuteOfWeek(then, base);
    const shifts = zones.map((zone) => wrap(minuteOfWeek(then, zone) - minute));
    found.set(shifts.join(), shifts);
    if (zones.length === 1) break;
  }
  return [...found.values()];
}

function wrap(minute: number): number {
  return (minute + MINUTES_OF_WEEK) % MINUTES_OF_WEEK;
}
