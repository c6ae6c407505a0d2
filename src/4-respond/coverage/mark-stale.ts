import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { hastenGroups } from '../chat-group/hasten-groups.ts';
import { hastenReport } from './store.ts';

/** Several changes in a row are looked at once. */
const SETTLE_SECONDS = 10;

/** Something changed that says who is paged: the next days are looked at again in a moment, and chat groups follow. */
export async function markCoverageStale(ctx: Ctx): Promise<void> {
  const dueAt = addSeconds(ctx.now, SETTLE_SECONDS);
  await hastenReport(ctx, dueAt);
  await ctx.wake({ name: 'respond.coverage' }, dueAt);
  await hastenGroups(ctx);
}
