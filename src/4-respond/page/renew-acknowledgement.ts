import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { movePage } from './store.ts';

/** Whoever acknowledged gave a sign of life: the time after which paging begins again is counted anew from now. */
export async function renewAcknowledgement(ctx: Ctx, page: Page): Promise<Page> {
  const endsAt = endOfAcknowledgement(ctx, page);
  if (endsAt === null) return page;
  const renewed = await movePage(ctx, page.id, ['acknowledged'], { nextStepAt: endsAt });
  await ctx.wake(PAGE_CLOCK, endsAt);
  return renewed ?? page;
}

/** When an acknowledgement that is given now runs out; null = never. */
export function endOfAcknowledgement(ctx: Ctx, { document }: Pick<Page, 'document'>): Date | null {
  const { acknowledgeTimeoutSeconds } = document;
  return acknowledgeTimeoutSeconds === null ? null : addSeconds(ctx.now, acknowledgeTimeoutSeconds);
}
