import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readIncident } from '../incident/read-incident.ts';
import { assignRole, releaseRole } from './assign-role.ts';
import { assignRoleRoute, listRoles, releaseRoleRoute } from './contract.ts';
import { holdersOf, splitWarning } from './role.ts';

export const roleRoutes: readonly RouteBinding[] = [
  bind(listRoles, (ctx, { params }) => boardOf(ctx, params.id)),
  bind(assignRoleRoute, async (ctx, { params, body }) => {
    await assignRole(ctx, params.id, params.role, body.userId);
    return await boardOf(ctx, params.id);
  }),
  bind(releaseRoleRoute, async (ctx, { params }) => await releaseRole(ctx, params.id, params.role)),
];

async function boardOf(ctx: Ctx, incidentId: string) {
  const incident = await readIncident(ctx, incidentId);
  return {
    items: holdersOf(incident.roles, incident.rolesSince),
    splitWarning: splitWarning(incident.severity, incident.roles),
  };
}
