import { waivePromise } from '#declare';
import { changeMessagesOfPage } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { PageState } from './contract.ts';
import { pageStopped } from './events.ts';
import { ASKING_STATES, LIVE_STATES, type Page } from './page.ts';
import { cancelNotices, movePage } from './store.ts';
import type { PageNews } from './page-news.ts';
import { tellPaged } from './tell-paged.ts';
import { touchPage } from './touch-page.ts';

/** Why pages end without (or after) an acknowledgement; `what` names it, the rest is told to those who were paged. */
export type PageEnd = PageNews | { readonly what: string };

/** Ends one page, also one that was acknowledged, because another one takes its place; whoever was paged hears that one. */
export async function endPage(ctx: Ctx, page: Page, why: string): Promise<void> {
  if (await endFrom(ctx, page, LIVE_STATES, why)) await tellEnd(ctx, page, { what: why });
}

/**
 * Ends one page, also one that somebody is on: what it was about is over. Who acknowledged it, and when, stays on it.
 * Everybody whom it reached is told.
 */
export async function stopPage(ctx: Ctx, page: Page, end: PageEnd): Promise<void> {
  await endFrom(ctx, page, LIVE_STATES, end.what);
  await tellEnd(ctx, page, end);
}

/** Nobody is asked any more, but whoever acknowledged is still on it (mitigated, not over). Everybody reached is told. */
export async function stopAsking(ctx: Ctx, page: Page, end: PageEnd): Promise<void> {
  await endFrom(ctx, page, ASKING_STATES, end.what);
  await tellEnd(ctx, page, end);
}

/** False when the page was in none of the states. */
async function endFrom(ctx: Ctx, page: Page, states: readonly PageState[], why: string): Promise<boolean> {
  const ended = await movePage(ctx, page.id, states, {
    state: 'stopped',
    stoppedAt: ctx.now,
    stopReason: why,
    nextStepAt: null,
  });
  if (!ended) return false;
  await cancelNotices(ctx, { pageId: page.id });
  await waivePromise(ctx, { kind: 'acknowledge', subjectId: page.id });
  await ctx.publish(pageStopped, { page: ended });
  return true;
}

async function tellEnd(ctx: Ctx, page: Page, end: PageEnd): Promise<void> {
  if ('headline' in end) await tellPaged(ctx, page, end);
  await changeMessagesOfPage(
    ctx,
    page.id,
    'headline' in end ? `${end.headline}.` : `This ${page.cause === 'drill' ? 'drill' : 'page'} is over: ${end.what}.`,
  );
  touchPage(ctx, page);
}
