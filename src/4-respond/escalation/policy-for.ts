import { readServices } from '#monitor';
import { assert } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction, onceATransactionEach } from '#platform/once-a-transaction.ts';
import type { EscalationPolicy } from './policy.ts';
import { findDefaultPolicy, findPolicy } from './store.ts';

/** Grouping and paging ask for them in turn, for many alerts of few services. */
const defaultPolicyIn = onceATransaction(findDefaultPolicy);
const policyIdOf = onceATransactionEach(
  async (ctx, serviceId) => (await readServices(ctx, [serviceId]))[0]?.escalationPolicyId ?? null,
);

/** The policy that a service names, or the default one (also when the named one is gone). */
export async function policyFor(ctx: Ctx, serviceId: string | null): Promise<EscalationPolicy> {
  return policyOrDefault(ctx, serviceId === null ? null : await policyIdOf(ctx, serviceId));
}

/** The policy of an id, or the default one when there is none. */
export async function policyOrDefault(ctx: Ctx, policyId: string | null): Promise<EscalationPolicy> {
  const named = policyId === null ? undefined : await findPolicy(ctx, policyId);
  const policy = named ?? (await defaultPolicyIn(ctx));
  assert(policy, `workspace ${ctx.workspaceId} has no default escalation policy`);
  return policy;
}
