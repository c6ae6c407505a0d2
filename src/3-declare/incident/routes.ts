import { readAlert } from '#detect';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { acceptIncident, type Acceptance } from './accept-incident.ts';
import { changeSeverity } from './change-severity.ts';
import {
  acceptIncidentRoute,
  changeSeverityRoute,
  declareFromAlert,
  declareIncidentRoute,
  declineIncidentRoute,
  editIncident,
  type IncidentState,
  linkAlerts,
  listEffects as listEffectsRoute,
  listIncidentsRoute,
  readIncidentRoute,
} from './contract.ts';
import { type Declaration, declareIncident } from './declare-incident.ts';
import { declineIncident } from './decline-incident.ts';
import { addAlerts, editIncidentFacts } from './edit-incident.ts';
import { listEffects } from './effects.ts';
import type { Incident } from './incident.ts';
import { presentIncident } from './present.ts';
import { readIncident } from './read-incident.ts';
import { selectIncidents } from './store.ts';

const OPEN = ['suspected', 'active', 'mitigated'] as const satisfies readonly IncidentState[];
const ENDED = ['resolved', 'closed', 'declined'] as const satisfies readonly IncidentState[];

export const incidentRoutes: readonly RouteBinding[] = [
  bind(listIncidentsRoute, async (ctx, { query }) => {
    const cursor = readCursor(query, /^\d{1,9}$/);
    const byOpen = query.open === undefined ? undefined : query.open ? OPEN : ENDED;
    const states = query.state === undefined ? byOpen : [query.state];
    const belowNumber = cursor === null ? undefined : Number(cursor);
    const rows = await selectIncidents(ctx, {
      states,
      severity: query.severity,
      kind: query.kind,
      belowNumber,
      limit: query.limit + 1,
    });
    return pageOf(rows, query, (incident) => String(incident.number), presentIncident);
  }),
  bind(declareIncidentRoute, async (ctx, { body }) => {
    const impactStartedAt = body.impactStartedAt === undefined ? undefined : new Date(body.impactStartedAt);
    return presentIncident(await declareIncident(ctx, { ...body, impactStartedAt }));
  }),
  bind(declareFromAlert, async (ctx, { params, body }) => presentIncident(await fromAlert(ctx, params.id, body ?? {}))),
  bind(readIncidentRoute, async (ctx, { params }) => presentIncident(await readIncident(ctx, params.id))),
  bind(editIncident, async (ctx, { params, body }) => {
    const impactStartedAt = body.impactStartedAt === undefined ? undefined : new Date(body.impactStartedAt);
    return presentIncident(await editIncidentFacts(ctx, params.id, { ...body, impactStartedAt }));
  }),
  bind(acceptIncidentRoute, async (ctx, { params, body }) =>
    presentIncident(await acceptIncident(ctx, params.id, body)),
  ),
  bind(declineIncidentRoute, async (ctx, { params, body }) =>
    presentIncident(await declineIncident(ctx, params.id, { reason: body?.reason })),
  ),
  bind(changeSeverityRoute, async (ctx, { params, body }) =>
    presentIncident(await changeSeverity(ctx, params.id, body)),
  ),
  bind(linkAlerts, async (ctx, { params, body }) => presentIncident(await addAlerts(ctx, params.id, body.alertIds))),
  bind(listEffectsRoute, async (ctx, { params }) => {
    await readIncident(ctx, params.id);
    const effects = await listEffects(ctx, params.id);
    const items = effects.map((one) => ({
      ...one,
      startedAt: one.startedAt.toISOString(),
      finishedAt: one.finishedAt?.toISOString() ?? null,
    }));
    return { items, nextCursor: null };
  }),
];

/** Declares from an alert; one that a rule has put under suspicion already is accepted instead. */
async function fromAlert(ctx: Ctx, alertId: string, given: Omit<Declaration, 'title'> & Acceptance): Promise<Incident> {
  const alert = await readAlert(ctx, alertId);
  if (alert.incidentId === null)
    return await declareIncident(ctx, {
      ...given,
      title: given.title ?? alert.title.slice(0, 200),
      alertIds: [alertId],
    });
  const incident = await readIncident(ctx, alert.incidentId);
  if (incident.state === 'suspected') return await acceptIncident(ctx, incident.id, given);
  throw conflict(`This alert belongs to ${incident.reference} already, which is ${incident.state}.`);
}
