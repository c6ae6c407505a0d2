import { actorUserId } from '#kernel/actor.ts';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { closeAlert } from './close-alert.ts';
import {
  acknowledgeAlertRoute,
  closeAlertRoute,
  dismissAlertRoute,
  getAlertCounts,
  listAlerts,
  readAlertRoute,
} from './contract.ts';
import { dismissAlert } from './dismiss-alert.ts';
import { presentAlert } from './present.ts';
import { readAlert } from './read-alerts.ts';
import { selectAlertCounts, selectAlertPage } from './store.ts';

export const alertRoutes: readonly RouteBinding[] = [
  bind(listAlerts, async (ctx, { query }) => {
    const beforeId = readCursor(query, /^alt_[A-Za-z0-9_-]+$/);
    const rows = await selectAlertPage(ctx, { ...query, beforeId, limit: query.limit + 1 });
    return pageOf(rows, query, (alert) => alert.id, presentAlert);
  }),
  bind(getAlertCounts, (ctx) => selectAlertCounts(ctx)),
  bind(readAlertRoute, async (ctx, { params }) => presentAlert(await readAlert(ctx, params.id))),
  bind(acknowledgeAlertRoute, async (ctx, { params }) =>
    presentAlert(await acknowledgeAlert(ctx, params.id, { byUserId: personOf(ctx) })),
  ),
  bind(closeAlertRoute, async (ctx, { params }) => {
    await refuseClosed(ctx, params.id);
    return presentAlert(await closeAlert(ctx, params.id, 'by-hand'));
  }),
  bind(dismissAlertRoute, async (ctx, { params, body }) =>
    presentAlert(await dismissAlert(ctx, params.id, { reason: body?.reason })),
  ),
];

async function refuseClosed(ctx: Ctx, alertId: string) {
  const alert = await readAlert(ctx, alertId);
  if (alert.state === 'closed') throw conflict(`This alert is closed already (${alert.closeReason ?? 'closed'}).`);
}

function personOf(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw conflict('Only a person can acknowledge an alert.');
  return userId;
}
