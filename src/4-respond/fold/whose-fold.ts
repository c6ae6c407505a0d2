import { readAlerts, readAlertSettings, readGroupSize } from '#detect';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Page } from '../page/page.ts';
import type { NoticeRow } from '../page/store.ts';
import { BURST, WINDOW_SECONDS } from './fold-clock.ts';
import { countPages, type Receiver } from './store.ts';

/** No workspace can allow fewer, so a quiet day never asks for the setting. */
const FEWEST = BURST.pages;

export function receiverKey({ userId, contactMethodId }: Receiver): string {
  return `${userId}:${contactMethodId}`;
}

/**
 * Of the messages of a page that are due, whose person has had as many other pages by that method as the workspace allows
 * in a while, or several in the last seconds. Without a lock, since nobody should wait for it: pages that begin at the very
 * same moment may be a few more. Drills, what one person asks of another, and the page that stands for a storm are never
 * folded.
 */
export async function whoseFold(ctx: Ctx, page: Page, notices: readonly NoticeRow[]): Promise<ReadonlySet<string>> {
  if (notices.length === 0 || page.cause === 'drill' || page.cause === 'by-hand') return new Set();
  const since = addSeconds(ctx.now, -WINDOW_SECONDS);
  const userIds = [...new Set(notices.map(({ userId }) => userId))];
  const lately = addSeconds(ctx.now, -BURST.seconds);
  const counted = await countPages(ctx, { userIds, since, lately, pageId: page.id });
  const many = counted.filter(({ pages }) => pages >= FEWEST);
  if (many.length === 0) return new Set();
  const { pagesPerPerson } = await readAlertSettings(ctx);
  if (pagesPerPerson === null) return new Set();
  const full = many.filter(({ pages, lately: recent }) => pages >= pagesPerPerson || recent >= BURST.pages);
  return full.length === 0 || (await standsForStorm(ctx, page)) ? new Set() : new Set(full.map(receiverKey));
}

async function standsForStorm(ctx: Ctx, { alertId }: Page): Promise<boolean> {
  const [alert] = alertId === null ? [] : await readAlerts(ctx, [alertId]);
  return alert?.groupId ? (await readGroupSize(ctx, alert.groupId))?.group.kind === 'storm' : false;
}
