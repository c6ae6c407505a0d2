import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { roleChanged } from '../events.ts';
import { INCIDENT_ROLES } from '../role/contract.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import { isOpen, move } from './lifecycle.ts';

/** Records the stand-down of a resolved incident and who owns its postmortem; every role is released. Refused twice. */
export async function recordStandDown(
  ctx: Ctx,
  incidentId: string,
  { postmortemOwnerId }: { postmortemOwnerId: string | null },
): Promise<Incident> {
  const { before, after } = await record(ctx, incidentId, (incident) => {
    const step = move(incident.state, 'stand-down');
    if (!step.ok) throw conflict(step.message);
    if (incident.standDownAt !== null) throw conflict(`${incident.reference} was stood down already.`);
    return [{ type: 'stood-down', data: { postmortemOwnerId }, text: 'Stood down: roles are released, thank you' }];
  });
  await audit(ctx, { action: 'incident.stand-down', subjectId: incidentId, detail: { postmortemOwnerId } });
  for (const role of INCIDENT_ROLES) {
    const previousUserId = before.roles[role];
    if (previousUserId !== undefined)
      await ctx.publish(roleChanged, { incidentId, role, userId: null, previousUserId });
  }
  return after;
}

/** Notes that every linked alert has recovered, once per recovery. Returns null when there is nothing to propose. */
export async function proposeRecovery(ctx: Ctx, incidentId: string): Promise<Incident | null> {
  const { after, entries } = await record(ctx, incidentId, (incident) => {
    if (!isOpen(incident.state) || incident.recoveryProposedAt !== null) return [];
    return [{ type: 'recovery', data: {}, text: 'Every linked alert has recovered. Resolve it?' }];
  });
  return entries.length > 0 ? after : null;
}
