import { componentsToRestore } from '#communicate';
import { isOpen, presentIncident, readIncident } from '#declare';
import { bind, type RouteBinding } from '#platform/stage.ts';
import {
  closeIncidentRoute,
  mitigateIncidentRoute,
  readResolution,
  reopenIncidentRoute,
  resolveIncidentRoute,
  standDownRoute,
} from './contract.ts';
import { readImpairments } from './impairments.ts';
import { mitigateIncident } from './mitigate-incident.ts';
import { reopenIncident } from './reopen-incident.ts';
import { isPublic, resolveIncident } from './resolve-incident.ts';
import { closeIncident, standDown } from './stand-down.ts';

export const resolveRoutes: readonly RouteBinding[] = [
  bind(mitigateIncidentRoute, async (ctx, { params, body }) =>
    presentIncident(await mitigateIncident(ctx, params.id, body ?? {})),
  ),
  bind(resolveIncidentRoute, async (ctx, { params, body }) =>
    presentIncident(await resolveIncident(ctx, params.id, body ?? {})),
  ),
  bind(readResolution, async (ctx, { params }) => {
    const incident = await readIncident(ctx, params.id);
    return {
      impaired: isOpen(incident.state) ? await readImpairments(ctx, incident) : [],
      postsUpdate: incident.kind === 'real' && (await isPublic(ctx, incident)),
      componentIds: (await componentsToRestore(ctx, params.id)).map(({ id }) => id),
    };
  }),
  bind(reopenIncidentRoute, async (ctx, { params, body }) =>
    presentIncident(await reopenIncident(ctx, params.id, body)),
  ),
  bind(standDownRoute, async (ctx, { params, body }) => presentIncident(await standDown(ctx, params.id, body ?? {}))),
  bind(closeIncidentRoute, async (ctx, { params }) => presentIncident(await closeIncident(ctx, params.id))),
];
