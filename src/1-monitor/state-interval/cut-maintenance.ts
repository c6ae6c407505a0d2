import { clipIntervals, type Interval, subtractIntervals } from '#kernel/interval.ts';
import type { PlannedTimes } from '../maintenance/planned.ts';
import type { StateInterval } from './store.ts';
import type { Stretch } from './uptime.ts';

/** A stretch of one monitor. */
export type MonitorStretch = Stretch & Pick<StateInterval, 'monitorId' | 'serviceId'>;

/**
 * Real intervals with the time in maintenance cut out of each, whatever the checks saw in it, and put in its place; drills
 * stay as they are. Oldest first.
 */
export function cutMaintenance(intervals: readonly StateInterval[], planned: PlannedTimes): MonitorStretch[] {
  return intervals
    .flatMap((interval): MonitorStretch[] => {
      const whole = { startMs: interval.startedAt.getTime(), endMs: interval.endedAt?.getTime() ?? Infinity };
      const inside = interval.drill ? [] : clipIntervals(planned.ofMonitor(interval), whole);
      if (inside.length === 0) return [interval];
      return [
        ...subtractIntervals([whole], inside).map((part) => ({ ...interval, ...timesOf(part) })),
        ...inside.map((part) => ({ ...interval, ...timesOf(part), state: 'maintenance' as const })),
      ];
    })
    .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

function timesOf({ startMs, endMs }: Interval) {
  return { startedAt: new Date(startMs), endedAt: endMs === Infinity ? null : new Date(endMs) };
}
