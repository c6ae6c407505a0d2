import type { Ctx } from '#platform/ctx.ts';
import { plannedTimes } from '../maintenance/planned.ts';
import { selectWindowsBetween } from '../maintenance/store.ts';
import { cutMaintenance, type MonitorStretch } from './cut-maintenance.ts';
import { type IntervalQuery, selectIntervals } from './store.ts';

export type { MonitorStretch } from './cut-maintenance.ts';
export type { IntervalQuery } from './store.ts';

/**
 * When monitors were in which state: every stretch that overlaps [from, to), oldest first, not cut to it. Time in a
 * maintenance window that named the monitor or its service is a stretch of its own (`maintenance`), whatever was seen in
 * it. Drills are a second track (`drill: true`); leave them out wherever real time is counted.
 */
export async function listStateIntervals(ctx: Ctx, asked: IntervalQuery): Promise<MonitorStretch[]> {
  const intervals = await selectIntervals(ctx, asked);
  if (intervals.length === 0) return [];
  const windows = await selectWindowsBetween(ctx, asked.from, asked.to);
  return windows.length === 0 ? intervals : cutMaintenance(intervals, plannedTimes(windows, ctx.now));
}
