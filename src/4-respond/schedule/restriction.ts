import { clipIntervals, type Interval, mergeIntervals } from '#kernel/interval.ts';
import type { Restriction } from './schedule.ts';
import { firstInstantOf, lastInstantOf, wallTimeOf } from './wall-clock.ts';

/** Whether a restriction ends on the day after the one that it names. */
export function crossesMidnight({ start, end }: Restriction): boolean {
  return end !== '24:00' && end <= start;
}

/** The parts of a window in which a layer may cover anything; disjoint and in order. No restriction = all of it. */
export function openTimes(restrictions: readonly Restriction[], zone: string, window: Interval): Interval[] {
  if (restrictions.length === 0) return [window];
  // Two days earlier: what begins there may cross midnight, and midnight itself may be moved by a day.
  let day = wallTimeOf(window.startMs, zone).toPlainDate().subtract({ days: 2 });
  const last = wallTimeOf(window.endMs, zone).toPlainDate().add({ days: 1 });
  const open: Interval[] = [];
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    for (const restriction of restrictions) {
      if (restriction.days.includes(day.dayOfWeek)) open.push(openingOn(day, restriction, zone));
    }
    day = day.add({ days: 1 });
  }
  return clipIntervals(mergeIntervals(open), window);
}

function openingOn(day: Temporal.PlainDate, restriction: Restriction, zone: string): Interval {
  const { start, end } = restriction;
  const endsOn = end === '24:00' || crossesMidnight(restriction) ? day.add({ days: 1 }) : day;
  return {
    startMs: firstInstantOf(day.toPlainDateTime(start), zone),
    endMs: lastInstantOf(endsOn.toPlainDateTime(end === '24:00' ? '00:00' : end), zone),
  };
}
