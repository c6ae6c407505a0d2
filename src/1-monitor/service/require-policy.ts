import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { monitorPorts } from '../ports.ts';

/** Refuses a policy that the workspace does not have: pages would go to the default one, and nobody would hear why. */
export async function requirePolicy(ctx: Ctx, policyId: string | null | undefined): Promise<void> {
  if (policyId === null || policyId === undefined) return;
  if (await monitorPorts().hasEscalationPolicy(ctx, policyId)) return;
  throw invalid('body.escalationPolicyId', 'there is no such escalation policy in this workspace');
}
