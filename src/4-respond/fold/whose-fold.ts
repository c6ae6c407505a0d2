import { readAlertSettings } from '#detect';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Page } from '../page/page.ts';
import type { NoticeRow } from '../page/store.ts';
import { WINDOW_SECONDS } from './fold-clock.ts';
import { countPages, type Receiver } from './store.ts';

/** No workspace can allow fewer, so a quiet day never asks for the setting. */
const FEWEST = 3;

export function receiverKey({ userId, contactMethodId }: Receiver): string {
  return `${userId}:${contactMethodId}`;
}

/**
 * Of the messages of a page that are due, whose person has had as many other pages by that method as the workspace allows
 * in a while. Without a lock, since nobody should wait for it: pages that begin at the very same moment may be a few more.
 * Drills, and what one person asks of another, are never folded.
 */
export async function whoseFold(ctx: Ctx, page: Page, notices: readonly NoticeRow[]): Promise<ReadonlySet<string>> {
  if (notices.length === 0 || page.cause === 'drill' || page.cause === 'by-hand') return new Set();
  const since = addSeconds(ctx.now, -WINDOW_SECONDS);
  const userIds = [...new Set(notices.map(({ userId }) => userId))];
  const many = (await countPages(ctx, { userIds, since, pageId: page.id })).filter(({ pages }) => pages >= FEWEST);
  if (many.length === 0) return new Set();
  const { pagesPerPerson } = await readAlertSettings(ctx);
  if (pagesPerPerson === null) return new Set();
  return new Set(many.filter(({ pages }) => pages >= pagesPerPerson).map(receiverKey));
}
