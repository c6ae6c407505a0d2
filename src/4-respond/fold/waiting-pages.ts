import type { Ctx } from '#platform/ctx.ts';
import type { Page } from '../page/page.ts';
import { answeredBy } from '../page/still-asked.ts';
import { findPages } from '../page/store.ts';
import { alertsOf, whyOver } from '../page/why-over.ts';

/** Those of some pages that still wait for an answer of a person, oldest first. */
export async function waitingPages(ctx: Ctx, pageIds: readonly string[], userId: string): Promise<Page[]> {
  const open = await findPages(ctx, { ids: pageIds, states: ['open'] });
  const alerts = await alertsOf(ctx, open);
  const waiting: Page[] = [];
  for (const page of open)
    if (whyOver(page, alerts) === null && !(await answeredBy(ctx, page)).has(userId)) waiting.push(page);
  return waiting;
}
