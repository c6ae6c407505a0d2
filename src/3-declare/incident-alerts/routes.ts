import { actOnFold, readFolds } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readIncident } from '../incident/read-incident.ts';
import { actOnIncidentAlerts, listIncidentFolds } from './contract.ts';

export const incidentAlertRoutes: readonly RouteBinding[] = [
  bind(listIncidentFolds, async (ctx, { params, query }) => readFolds(ctx, await alertsOf(ctx, params.id), query)),
  bind(actOnIncidentAlerts, async (ctx, { params, body }) => actOnFold(ctx, await alertsOf(ctx, params.id), body)),
];

/** The alerts of an incident that whoever asks may see. */
async function alertsOf(ctx: Ctx, incidentId: string) {
  await readIncident(ctx, incidentId);
  return { incidentId };
}
