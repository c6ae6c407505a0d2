import { holderOf, type Incident, type IncidentRole, remindChain } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { policyFor } from '../escalation/policy-for.ts';

/**
 * Whom to remind of what a role owes, in order: its holder, the incident commander, then the backup: the later steps of
 * the escalation policy, whoever acknowledged, the owner.
 */
export async function remindedPeople(
  ctx: Ctx,
  incident: Pick<Incident, 'id' | 'serviceIds'>,
  owedBy: IncidentRole | string,
): Promise<string[]> {
  const chain = await remindChain(ctx, incident.id, owedBy);
  const commander = await holderOf(ctx, incident.id, 'incident-commander');
  const inCharge = chain.slice(0, chain.indexOf(commander ?? '') + 1);
  const policy = await policyFor(ctx, incident.serviceIds[0] ?? null);
  const backups = policy.steps.slice(1).flatMap(({ userIds }) => userIds);
  return [...new Set([...inCharge, ...backups, ...chain])];
}
