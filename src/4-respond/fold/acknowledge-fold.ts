import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { lockAlerts } from '#detect';
import { acknowledgePage } from '../page/acknowledge-page.ts';
import { lockPages } from '../page/store.ts';
import { type Fold, findFolded } from './store.ts';
import { waitingPages } from './waiting-pages.ts';

/**
 * Acknowledges every page of one message that still waits; answers with how many there were. All are held before any is
 * looked at, alerts first: of several who answer at the same moment the second sees what the first has done, and counts
 * and renews nothing of it again.
 */
export async function acknowledgeFold(ctx: Ctx, fold: Fold, userId: string, channel: string): Promise<number> {
  const pageIds = (await findFolded(ctx, fold)).map(({ pageId }) => pageId);
  const found = await waitingPages(ctx, pageIds, userId);
  await lockAlerts(
    ctx,
    found.flatMap(({ alertId }) => alertId ?? []),
  );
  const held = found.map(({ id }) => id);
  await lockPages(ctx, held);
  let count = 0;
  for (const { id } of await waitingPages(ctx, held, userId)) {
    try {
      await acknowledgePage(ctx, id, userId, channel);
      count += 1;
    } catch (error) {
      // Somebody was first with this one, or it has just ended.
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
  }
  return count;
}

/** `You acknowledged 12 pages.` */
export function acknowledgedWords(count: number): string {
  if (count === 0) return 'None of these pages waits any more.';
  return `You acknowledged ${count === 1 ? '1 page' : `${count} pages`}.`;
}
