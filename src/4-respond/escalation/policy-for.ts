import { readServices } from '#monitor';
import { assert } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationPolicy } from './policy.ts';
import { findDefaultPolicy, findPolicy } from './store.ts';

/** The policy that a service names, or the default one (also when the named one is gone). */
export async function policyFor(ctx: Ctx, serviceId: string | null): Promise<EscalationPolicy> {
  const [service] = serviceId === null ? [] : await readServices(ctx, [serviceId]);
  return policyOrDefault(ctx, service?.escalationPolicyId ?? null);
}

/** The policy of an id, or the default one when there is none. */
export async function policyOrDefault(ctx: Ctx, policyId: string | null): Promise<EscalationPolicy> {
  const named = policyId === null ? undefined : await findPolicy(ctx, policyId);
  const policy = named ?? (await findDefaultPolicy(ctx));
  assert(policy, `workspace ${ctx.workspaceId} has no default escalation policy`);
  return policy;
}
