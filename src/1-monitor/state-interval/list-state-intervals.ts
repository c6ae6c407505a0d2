import type { Ctx } from '#platform/ctx.ts';
import { type IntervalQuery, selectIntervals, type StateInterval } from './store.ts';

export type { IntervalQuery, StateInterval } from './store.ts';

/**
 * When monitors were in which state: every interval that overlaps [from, to), oldest first, not cut to it. Drill
 * intervals are a second track (`drill: true`); leave them out wherever real time is counted.
 */
export function listStateIntervals(ctx: Ctx, asked: IntervalQuery): Promise<StateInterval[]> {
  return selectIntervals(ctx, asked);
}
