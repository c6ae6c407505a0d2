import { readUser } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { DRILL_MISSED } from '../page/drill-page.ts';
import { pageAcknowledged, pageStopped } from '../page/events.ts';
import type { Page } from '../page/page.ts';
import { stopPage } from '../page/stop-pages.ts';
import { updateDrillPerson } from './store.ts';

/** An acknowledgement is all that a drill wants; however its page ends, the drill says so. */
export const hearDrills = [
  on(pageAcknowledged, async (ctx, { page }) => {
    if (page.cause === 'drill') await stopPage(ctx, page, { what: 'acknowledged' });
  }),
  on(pageStopped, async (ctx, { page }) => {
    if (page.cause === 'drill') await settleDrill(ctx, page);
  }),
];

async function settleDrill(ctx: Ctx, page: Page): Promise<void> {
  const missed = page.acknowledgedAt === null && page.stopReason === DRILL_MISSED;
  const settled = await updateDrillPerson(
    ctx,
    { pageId: page.id },
    {
      state: page.acknowledgedAt === null ? (missed ? 'missed' : 'ended') : 'answered',
      why: page.acknowledgedAt === null && !missed ? page.stopReason : null,
      answeredAt: page.acknowledgedAt,
      answeredByChannel: page.acknowledgedChannel,
    },
  );
  if (!settled) return;
  ctx.touch('drills');
  await markCoverageStale(ctx);
  if (missed) await tellWhoMissed(ctx, settled.userId, page);
}

async function tellWhoMissed(ctx: Ctx, userId: string, page: Page): Promise<void> {
  if (!(await readUser(ctx, userId)).active) return;
  await notifyUser(ctx, userId, {
    subject: 'Drill over: you did not acknowledge it',
    text: 'A test page was sent to you and nobody acknowledged it. Look at how you are paged, and test it once more.',
    url: '/settings/reach',
    uniqueKey: `drill-missed:${page.id}`,
  });
}
