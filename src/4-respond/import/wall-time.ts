import { DAY_MS } from '#kernel/duration.ts';
import type { Layer, Restriction } from '../schedule/schedule.ts';
import { wallTimeOf } from '#kernel/wall-clock.ts';
import { changed, type Note } from './draft.ts';

const DAY_MINUTES = 24 * 60;

/** The wall time at which a layer begins, from an instant. */
export function beginsAtOf(instantMs: number, zone: string): string {
  return wallTimeOf(instantMs, zone).toString({ smallestUnit: 'minute' });
}

/** How a turn of a length is written; null when it is no whole number of hours. */
export function rotationOf(seconds: number): Layer['rotation'] | null {
  const hours = seconds / 3_600;
  if (!Number.isInteger(hours) || hours < 1) return null;
  if (hours % 168 === 0) return { kind: 'weekly', every: hours / 168 };
  if (hours % 24 === 0) return { kind: 'daily', every: hours / 24 };
  return { kind: 'hourly', every: hours };
}

/** A stretch of wall time that may go over several midnights, as one restriction a day. Minutes count from 00:00 of its first day. */
export function restrictionsOf(days: readonly number[], startMinute: number, lengthMinutes: number): Restriction[] {
  const restrictions: Restriction[] = [];
  let [day, from, left] = [0, startMinute, Math.min(lengthMinutes, 7 * DAY_MINUTES)];
  while (left > 0) {
    const until = Math.min(from + left, DAY_MINUTES);
    restrictions.push({
      days: days.map((first) => ((first - 1 + day) % 7) + 1).toSorted((a, b) => a - b),
      start: clock(from),
      end: clock(until),
    });
    left -= until - from;
    [day, from] = [day + 1, 0];
  }
  return restrictions;
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What a change of the clock within a year does to the hand-offs of a layer, said beforehand. */
export function clockNotes(layer: Layer, zone: string, nowMs: number): Note[] {
  const at = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
  const change = at.getTimeZoneTransition('next');
  if (change === null || change.epochMilliseconds > nowMs + 366 * DAY_MS) return [];
  const { kind, every } = layer.rotation;
  if (kind === 'hourly')
    return [
      changed(
        `“${layer.name}” hands over every ${every} h of wall-clock time: around ${change.toPlainDate()}, when the clock of ${zone} changes, a turn is shorter or longer.`,
      ),
    ];
  const begin = Temporal.PlainDateTime.from(layer.beginsAt).toPlainTime();
  for (const transition of [change, change.getTimeZoneTransition('next')]) {
    if (transition === null) continue;
    const [before, after] = [transition.subtract({ nanoseconds: 1 }).toPlainTime(), transition.toPlainTime()];
    const [low, high] = Temporal.PlainTime.compare(before, after) < 0 ? [before, after] : [after, before];
    if (Temporal.PlainTime.compare(begin, low) < 0 || Temporal.PlainTime.compare(begin, high) >= 0) continue;
    const what =
      low === before
        ? `does not come on ${transition.toPlainDate()}: the shift begins at ${after.toString({ smallestUnit: 'minute' })}`
        : `comes twice on ${transition.toPlainDate()}: the shift begins at the first`;
    return [changed(`“${layer.name}” hands over at ${begin.toString({ smallestUnit: 'minute' })}, which ${what}.`)];
  }
  return [];
}
