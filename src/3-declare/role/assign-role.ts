import { audit, readUser } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { roleChanged } from '../events.ts';
import { isOpen } from '../incident/lifecycle.ts';
import { readIncident } from '../incident/read-incident.ts';
import { keepPromise } from '../promise/open-promise.ts';
import { record } from '../timeline/record.ts';
import { type IncidentRole, ROLE_NAMES } from './contract.ts';
import { watchForCommander } from './watch-for-commander.ts';

/**
 * Gives a role to an active member; whoever held it is replaced in the same instant, so that there never are two and
 * never a gap. Refused once the incident has ended.
 */
export async function assignRole(ctx: Ctx, incidentId: string, role: IncidentRole, userId: string): Promise<void> {
  const user = await readUser(ctx, userId);
  if (!user.active) throw conflict(`${user.name} has left this workspace and cannot take a role.`);
  const { before, entries } = await record(ctx, incidentId, (incident) => {
    if (!isOpen(incident.state) && incident.state !== 'resolved')
      throw conflict(`${incident.reference} is ${incident.state}; nobody needs a role in it.`);
    const previousUserId = incident.roles[role] ?? null;
    if (previousUserId === userId) return [];
    return [{ type: 'role', data: { role, userId, previousUserId }, text: `${ROLE_NAMES[role]}: ${user.name}` }];
  });
  if (entries.length === 0) return;
  if (role === 'incident-commander')
    await keepPromise(ctx, { kind: 'role-vacancy', incidentId, subjectId: role }, ctx.now);
  await audit(ctx, { action: 'incident.assign-role', subjectId: incidentId, detail: { role, userId } });
  await ctx.publish(roleChanged, { incidentId, role, userId, previousUserId: before.roles[role] ?? null });
}

/** Leaves a role vacant; with a user id, only when that person holds it. A vacant commander's seat starts its clock again. */
export async function releaseRole(ctx: Ctx, incidentId: string, role: IncidentRole, userId?: string): Promise<void> {
  const { before, after, entries } = await record(ctx, incidentId, (incident) => {
    const previousUserId = incident.roles[role] ?? null;
    if (previousUserId === null || (userId !== undefined && previousUserId !== userId)) return [];
    return [{ type: 'role', data: { role, userId: null, previousUserId }, text: `${ROLE_NAMES[role]}: vacant` }];
  });
  if (entries.length === 0) return;
  await audit(ctx, { action: 'incident.release-role', subjectId: incidentId, detail: { role } });
  await ctx.publish(roleChanged, { incidentId, role, userId: null, previousUserId: before.roles[role] ?? null });
  if (role === 'incident-commander') await watchForCommander(ctx, after);
}

/** Who holds the role now, or null. */
export async function holderOf(ctx: Ctx, incidentId: string, role: IncidentRole): Promise<string | null> {
  return (await readIncident(ctx, incidentId)).roles[role] ?? null;
}
