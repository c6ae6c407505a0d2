import { ownerOf } from '#access';
import { listAlertsOfIncident } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { readIncident } from '../incident/read-incident.ts';
import { INCIDENT_ROLES, type IncidentRole } from './contract.ts';

/**
 * Whom to remind of something owed, in order and without repeats: the role's holder, then the incident commander, then
 * whoever acknowledged an alert of it, then the owner of the workspace. Never a subject-matter expert, who repairs.
 */
export async function remindChain(ctx: Ctx, incidentId: string, owedBy: string): Promise<string[]> {
  const incident = await readIncident(ctx, incidentId);
  const alerts = await listAlertsOfIncident(ctx, incidentId);
  const holder = isRole(owedBy) ? incident.roles[owedBy] : undefined;
  const owner = await ownerOf(ctx);
  const chain = [
    holder,
    incident.roles['incident-commander'],
    ...alerts.map((alert) => alert.acknowledgedBy),
    owner.id,
  ];
  return [...new Set(chain.filter((userId) => typeof userId === 'string'))];
}

function isRole(name: string): name is IncidentRole {
  return (INCIDENT_ROLES as readonly string[]).includes(name);
}
