import { listMembers } from '#access';
import { type IncidentRole, readIncident, remindChain } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { readRoster } from '../escalation/roster.ts';
import { peopleIn } from '../escalation/steps.ts';

/**
 * Whom to remind of what a role owes, in order: its holder, the incident commander, then the backup: the later steps of
 * the escalation policy, whoever acknowledged, the owner. Only people who are still here.
 */
export async function remindedPeople(
  ctx: Ctx,
  incident: { readonly id: string; readonly serviceIds: readonly string[] },
  owedBy: IncidentRole | string,
): Promise<string[]> {
  const chain = await remindChain(ctx, incident.id, owedBy);
  const { roles } = await readIncident(ctx, incident.id);
  const inCharge = [Object.entries(roles).find(([role]) => role === owedBy)?.[1], roles['incident-commander']];
  const policy = await policyFor(ctx, incident.serviceIds[0] ?? null);
  const later = policy.steps.slice(1).flatMap(({ targets }) => targets);
  const backups = peopleIn(later, await readRoster(ctx, later, ctx.now));
  const active = new Set((await listMembers(ctx)).filter((member) => member.active).map(({ id }) => id));
  const everybody = [...inCharge, ...backups, ...chain];
  return [...new Set(everybody.filter((userId) => typeof userId === 'string').filter((userId) => active.has(userId)))];
}
