import { readDeliveryStatuses } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { nextPosition } from '../escalation/steps.ts';
import { insertEntries } from '../journal/store.ts';
import type { Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findPosts } from './post-store.ts';
import { isRepeat } from './repeats.ts';
import { findNotices, isQuiet, movePage } from './store.ts';

/** Whether every message of the current step has come to nothing; what a channel hears counts only where nobody is asked. */
export async function stepHasFailed(ctx: Ctx, page: Page): Promise<boolean> {
  const isCurrent = ({ step, cycle }: { step: number; cycle: number }) => step === page.step && cycle === page.cycle;
  const current = (await findNotices(ctx, [page.id])).filter(isCurrent);
  const tried = current.filter((notice) => !isQuiet(notice, ctx.now));
  // Nobody of it could have been told yet; whoever has quiet hours is waited for by the clock.
  if (tried.length === 0 && current.length > 0) return false;
  // What only tells again by a method that failed is not waited for; it goes out in its time all the same.
  if (
    tried.some(
      (notice) =>
        (notice.state === 'planned' && !isRepeat(notice, current)) ||
        (notice.state === 'folded' && notice.deliveryId === null),
    )
  )
    return false;
  const posts = current.length > 0 ? [] : (await findPosts(ctx, [page.id])).filter(isCurrent);
  const statuses = await readDeliveryStatuses(
    ctx,
    [...current, ...posts].flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  return [...statuses.values()].every(({ state }) => state === 'failed' || state === 'held' || state === 'dropped');
}

/** Within a cycle only: going round at once would use up every repeat while the mail server is away. */
export async function hastenNextStep(ctx: Ctx, page: Page): Promise<void> {
  const next = nextPosition(page.document, page);
  if (next === null || next.cycle > page.cycle) return;
  const moved = await movePage(ctx, page.id, ['open'], { nextStepAt: ctx.now });
  const text = 'No message of the step before got through.';
  if (moved) await insertEntries(ctx, [{ pageId: page.id, kind: 'hurried', text }]);
  if (moved) await ctx.wake(PAGE_CLOCK, ctx.now);
}
