import type { Ctx } from '#platform/ctx.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { insertEntries } from '../journal/store.ts';
import { stopPage } from './stop-pages.ts';
import { cancelNotices, findNotices, findPages, movePage } from './store.ts';

/**
 * Somebody left: what would have gone to them is cancelled, and pages whose step asked nobody else begin that step again,
 * which passes over to the next one who can be reached. A page never waits for nobody.
 */
export async function handPagesOn(ctx: Ctx, userId: string): Promise<void> {
  await cancelNotices(ctx, { userId });
  const open = await findPages(ctx, { state: 'open' });
  const notices = await findNotices(
    ctx,
    open.map(({ id }) => id),
  );
  for (const page of open) {
    const asked = notices.filter(
      ({ pageId, step, cycle }) => pageId === page.id && step === page.step && cycle === page.cycle,
    );
    if (asked.length === 0 || asked.some((notice) => notice.userId !== userId)) continue;
    if (page.cause === 'drill') {
      // It was for them alone.
      await stopPage(ctx, page, { what: 'whom it was for left' });
      continue;
    }
    await movePage(ctx, page.id, ['open'], { step: page.step - 1, nextStepAt: ctx.now });
    const text = 'Whoever the step asked cannot be paged any more.';
    await insertEntries(ctx, [{ pageId: page.id, kind: 'hurried', text }]);
    await ctx.wake(PAGE_CLOCK, ctx.now);
  }
}
