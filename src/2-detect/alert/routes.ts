import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { actOnMany } from './act-on-many.ts';
import { closeByHand } from './close-alert.ts';
import {
  acknowledgeAlertRoute,
  bulkAlertsRoute,
  closeAlertRoute,
  dismissAlertRoute,
  escalateAlertRoute,
  getAlertCounts,
  listAlerts,
  noteAlertRoute,
  readAlertRoute,
  reassignAlertRoute,
  snoozeAlertRoute,
  unacknowledgeAlertRoute,
} from './contract.ts';
import { dismissAlert } from './dismiss-alert.ts';
import { escalateAlert } from './escalate-alert.ts';
import { noteAlert } from './note-alert.ts';
import { inFold } from '../fold/read-folds.ts';
import { presentAlert, presenterOf } from './present.ts';
import { readAlert } from './read-alerts.ts';
import { reassignAlert } from './reassign-alert.ts';
import { unacknowledgeAlert } from './return-alert.ts';
import { snoozeAlert } from './snooze-alert.ts';
import { selectAlertCounts } from './count-store.ts';
import { selectAlertPage } from './store.ts';

export const alertRoutes: readonly RouteBinding[] = [
  bind(listAlerts, async (ctx, { query }) => {
    const beforeId = readCursor(query, /^alt_[A-Za-z0-9_-]+$/);
    const within = await withinOf(ctx, query);
    const rows = await selectAlertPage(ctx, { ...query, within, beforeId, limit: query.limit + 1 });
    return pageOf(rows, query, (alert) => alert.id, await presenterOf(ctx, rows));
  }),
  bind(getAlertCounts, (ctx) => selectAlertCounts(ctx)),
  bind(readAlertRoute, async (ctx, { params }) => presentAlert(ctx, await readAlert(ctx, params.id))),
  bind(acknowledgeAlertRoute, async (ctx, { params }) =>
    presentAlert(ctx, await acknowledgeAlert(ctx, params.id, { byUserId: personOf(ctx) })),
  ),
  bind(unacknowledgeAlertRoute, async (ctx, { params }) => presentAlert(ctx, await unacknowledgeAlert(ctx, params.id))),
  bind(snoozeAlertRoute, async (ctx, { params, body }) =>
    presentAlert(ctx, await snoozeAlert(ctx, params.id, { until: new Date(body.until), byUserId: personOf(ctx) })),
  ),
  bind(reassignAlertRoute, async (ctx, { params, body }) =>
    presentAlert(ctx, await reassignAlert(ctx, params.id, body)),
  ),
  bind(escalateAlertRoute, async (ctx, { params }) => presentAlert(ctx, await escalateAlert(ctx, params.id))),
  bind(noteAlertRoute, async (ctx, { params, body }) => presentAlert(ctx, await noteAlert(ctx, params.id, body.body))),
  bind(closeAlertRoute, async (ctx, { params }) => presentAlert(ctx, await closeByHand(ctx, params.id))),
  bind(dismissAlertRoute, async (ctx, { params, body }) =>
    presentAlert(ctx, await dismissAlert(ctx, params.id, { reason: body?.reason })),
  ),
  bind(bulkAlertsRoute, async (ctx, { body }) => ({
    items: await actOnMany(ctx, body.alertIds, body.do, personOf(ctx)),
  })),
];

/** The row of a folded list that is asked for, if one is. */
async function withinOf(ctx: Ctx, { fold, groupId, incidentId, explainedBy }: RouteInput<typeof listAlerts>['query']) {
  if (fold === undefined) return undefined;
  if (groupId !== undefined) return await inFold(ctx, { groupId }, fold, 'query.fold');
  if (incidentId !== undefined) return await inFold(ctx, { incidentId }, fold, 'query.fold');
  if (explainedBy !== undefined) return await inFold(ctx, { explainedBy }, fold, 'query.fold');
  throw invalid('query.fold', 'is a row of a list: say groupId, incidentId or explainedBy as well');
}

function personOf(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw conflict('Only a person can act on an alert.');
  return userId;
}
