import { type Incident, remindChain } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { policyFor } from '../escalation/policy-for.ts';

/**
 * Whom to remind of what a role owes, in order: its holder, the incident commander, whoever acknowledged, then the backup
 * (everybody in the escalation policy, step by step), then the owner.
 */
export async function remindedPeople(
  ctx: Ctx,
  incident: Pick<Incident, 'id' | 'serviceIds'>,
  owedBy: string,
): Promise<string[]> {
  const chain = await remindChain(ctx, incident.id, owedBy);
  const policy = await policyFor(ctx, incident.serviceIds[0] ?? null);
  const backups = policy.steps.flatMap(({ userIds }) => userIds);
  return [...new Set([...chain.slice(0, -1), ...backups, ...chain.slice(-1)])];
}
