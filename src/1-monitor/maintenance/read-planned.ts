import type { Ctx } from '#platform/ctx.ts';
import { type PlannedTimes, plannedTimes } from './planned.ts';
import { selectWindowsBetween } from './store.ts';

/** When services and monitors were in maintenance, as far as it overlaps [from, now]. */
export async function readPlannedTimes(ctx: Ctx, from: Date): Promise<PlannedTimes> {
  return plannedTimes(await selectWindowsBetween(ctx, from, ctx.now), ctx.now);
}
