import { DAY_MS, MINUTE_MS } from '#kernel/duration.ts';
import { clipIntervals, type Interval, mergeIntervals } from '#kernel/interval.ts';
import type { Restriction } from './schedule.ts';
import { wallClock } from '#kernel/wall-clock.ts';

const WEEK_MS = 7 * DAY_MS;
/** 1970 began on a Thursday; weeks here begin on Mondays. */
const FIRST_MONDAY_MS = -3 * DAY_MS;

/** Whether a restriction ends on the day after the one that it names. */
function crossesMidnight({ start, end }: Restriction): boolean {
  return end !== '24:00' && end <= start;
}

/** The parts of a window in which a layer may cover anything; disjoint and in order. No restriction = all of it. */
export function openTimes(restrictions: readonly Restriction[], zone: string, window: Interval): Interval[] {
  if (restrictions.length === 0) return [window];
  const clock = wallClock(zone);
  const week = openInWeek(restrictions);
  // Two days earlier: what begins there may cross midnight, and midnight itself may be moved by a day.
  const from = clock.shownAt(window.startMs) - 2 * DAY_MS;
  const until = clock.shownAt(window.endMs) + 2 * DAY_MS;
  const open: Interval[] = [];
  for (let monday = mondayBefore(from); monday < until; monday += WEEK_MS)
    for (const { startMs, endMs } of week)
      if (monday + endMs > from && monday + startMs < until)
        open.push({ startMs: clock.first(monday + startMs), endMs: clock.last(monday + endMs) });
  return clipIntervals(mergeIntervals(open), window);
}

/**
 * What is open in a week, counted in wall time from Monday's midnight; the last may reach into the next Monday. What
 * touches is one: the clock shows its inner ends inside of it, whatever becomes of them there.
 */
export function openInWeek(restrictions: readonly Restriction[]): Interval[] {
  return mergeIntervals(
    restrictions.flatMap((restriction) => {
      const startMs = minutesOf(restriction.start) * MINUTE_MS;
      const endMs = minutesOf(restriction.end) * MINUTE_MS + (crossesMidnight(restriction) ? DAY_MS : 0);
      return [...new Set(restriction.days)].map((day) => ({
        startMs: (day - 1) * DAY_MS + startMs,
        endMs: (day - 1) * DAY_MS + endMs,
      }));
    }),
  );
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const mondayBefore = (wallMs: number) => FIRST_MONDAY_MS + Math.floor((wallMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS;
