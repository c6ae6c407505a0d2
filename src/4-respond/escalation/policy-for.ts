import { readServices } from '#monitor';
import { assert } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationPolicy } from './policy.ts';
import { findDefaultPolicy, findPolicy } from './store.ts';

/** The policy that a service names, or the default one (also when the named one is gone). */
export async function policyFor(ctx: Ctx, serviceId: string | null): Promise<EscalationPolicy> {
  const [service] = serviceId === null ? [] : await readServices(ctx, [serviceId]);
  const named = service?.escalationPolicyId ? await findPolicy(ctx, service.escalationPolicyId) : undefined;
  const policy = named ?? (await findDefaultPolicy(ctx));
  assert(policy, `workspace ${ctx.workspaceId} has no default escalation policy`);
  return policy;
}
