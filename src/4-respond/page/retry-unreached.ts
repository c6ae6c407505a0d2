import type { Ctx } from '#platform/ctx.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { rewakeUnreached } from './store.ts';

/** Somebody became reachable: open pages that could ask nobody begin again. */
export async function retryUnreached(ctx: Ctx): Promise<void> {
  const pageIds = await rewakeUnreached(ctx);
  if (pageIds.length > 0) await ctx.wake(PAGE_CLOCK, ctx.now);
}
