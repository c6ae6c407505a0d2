import type { Ctx } from '#platform/ctx.ts';
import type { Page } from '../page/page.ts';
import { answeredBy } from '../page/still-asked.ts';
import { findPages } from '../page/store.ts';
import { alertsOf, whyOver } from '../page/why-over.ts';

/** No more at once than the store reads: a flood may fold thousands into one message, and none of them may be lost here. */
const AT_ONCE = 500;

/** Pages by their ids, however many they are, oldest first. */
export async function readFoldedPages(
  ctx: Ctx,
  pageIds: readonly string[],
  states?: readonly Page['state'][],
): Promise<Page[]> {
  const ids = pageIds.toSorted();
  const pages: Page[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE)
    pages.push(...(await findPages(ctx, { ids: ids.slice(at, at + AT_ONCE), ...(states ? { states } : {}) })));
  return pages;
}

/** Those of some pages that still wait for an answer of a person, oldest first. */
export async function waitingPages(ctx: Ctx, pageIds: readonly string[], userId: string): Promise<Page[]> {
  const open = await readFoldedPages(ctx, pageIds, ['open']);
  const alerts = await alertsOf(ctx, open);
  const waiting: Page[] = [];
  for (const page of open)
    if (whyOver(page, alerts) === null && !(await answeredBy(ctx, page)).has(userId)) waiting.push(page);
  return waiting;
}
