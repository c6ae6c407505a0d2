import type { Ctx } from '#platform/ctx.ts';
import { type Sight, selectSights } from './sight-store.ts';

export type { Sight } from './sight-store.ts';

/** How much later than expected a check may come, and still count as the last one. */
const SLACK_MS = 10_000;

/**
 * What is known at this moment of some HTTP monitors, and whether anybody has looked lately: within interval and timeout.
 * Heartbeats, pushed values, paused and archived monitors are left out, since nothing of ours can ask them.
 */
export function readSights(ctx: Ctx, monitorIds: readonly string[]): Promise<Sight[]> {
  return selectSights(ctx, monitorIds, SLACK_MS);
}
