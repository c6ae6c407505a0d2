import { waivePromise } from '#declare';
import { changeMessagesOfPage } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { ASKING_STATES, LIVE_STATES, type Page } from './page.ts';
import { cancelNotices, findPages, movePage } from './store.ts';
import { type PageNews, tellPaged } from './tell-paged.ts';
import { touchPage } from './touch-page.ts';

/** Why pages end without (or after) an acknowledgement; `what` names it, the rest is told to those who were paged. */
export type PageEnd = PageNews | { readonly what: string };

/** Ends every page of an alert or incident that nobody needs any more, and tells the people who were paged why. */
export async function stopPagesOf(
  ctx: Ctx,
  of: { readonly incidentId: string } | { readonly alertId: string },
  end: string | PageEnd,
): Promise<void> {
  const pages = await findPages(ctx, { ...of, states: LIVE_STATES });
  for (const page of pages) await stopPage(ctx, page, typeof end === 'string' ? { what: end } : end);
}

/** Ends one page, also one that was acknowledged, because another one takes its place; whoever was paged hears that one. */
export async function endPage(ctx: Ctx, page: Page, why: string): Promise<void> {
  const ended = await movePage(ctx, page.id, LIVE_STATES, {
    state: 'stopped',
    stoppedAt: ctx.now,
    stopReason: why,
    nextStepAt: null,
  });
  if (!ended) return;
  await cancelNotices(ctx, { pageId: page.id });
  await waivePromise(ctx, { kind: 'acknowledge', subjectId: page.id });
  await changeMessagesOfPage(ctx, page.id, `This page is over: ${why}.`);
  touchPage(ctx, page);
}

/** Ends one page; one that was acknowledged stays so, and its people are told all the same. */
export async function stopPage(ctx: Ctx, page: Page, end: PageEnd): Promise<void> {
  const stopped = await movePage(ctx, page.id, ASKING_STATES, {
    state: 'stopped',
    stoppedAt: ctx.now,
    stopReason: end.what,
    nextStepAt: null,
  });
  if (stopped) {
    await cancelNotices(ctx, { pageId: page.id });
    await waivePromise(ctx, { kind: 'acknowledge', subjectId: page.id });
  }
  if ('headline' in end) await tellPaged(ctx, stopped ?? page, end);
  await changeMessagesOfPage(ctx, page.id, 'headline' in end ? `${end.headline}.` : `This page is over: ${end.what}.`);
  touchPage(ctx, page);
}
