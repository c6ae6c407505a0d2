import { readUser } from '#access';
import { changeState, type Incident, levelOf, readIncident, recordStandDown } from '#declare';
import { conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { stoodDown } from './events.ts';

/**
 * Sends everybody home: roles are released, and whoever owns the postmortem is named. Refused before the incident is
 * resolved, and without an owner where its severity asks for a postmortem.
 */
export async function standDown(
  ctx: Ctx,
  incidentId: string,
  { postmortemOwnerId }: { postmortemOwnerId?: string | undefined },
): Promise<Incident> {
  const before = await readIncident(ctx, incidentId);
  const { postmortemRequired } = await levelOf(ctx, before);
  if (postmortemOwnerId === undefined && postmortemRequired) {
    throw invalid('body.postmortemOwnerId', `A ${before.severity} needs a postmortem: name the person who owns it`);
  }
  if (postmortemOwnerId !== undefined) {
    const user = await readUser(ctx, postmortemOwnerId);
    if (!user.active) throw invalid('body.postmortemOwnerId', `${user.name} has left this workspace`);
  }
  const incident = await recordStandDown(ctx, incidentId, { postmortemOwnerId: postmortemOwnerId ?? null });
  await ctx.publish(stoodDown, { incident, postmortemOwnerId: postmortemOwnerId ?? null });
  return await readIncident(ctx, incidentId);
}

/** Ends it: nothing is left to do. Refused before stand-down, except for one that resolved by itself untouched. */
export async function closeIncident(ctx: Ctx, incidentId: string): Promise<Incident> {
  const incident = await readIncident(ctx, incidentId);
  if (incident.state === 'resolved' && incident.standDownAt === null && incident.touched) {
    throw conflict(`Stand ${incident.reference} down first: it releases the roles and names who owns the postmortem.`);
  }
  await changeState(ctx, incidentId, { to: 'closed' });
  return await readIncident(ctx, incidentId);
}
