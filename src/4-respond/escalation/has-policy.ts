import type { Ctx } from '#platform/ctx.ts';
import { policyFor } from './policy-for.ts';
import { findPolicies, findPolicy } from './store.ts';

/** The policy that an alert goes by: its own, else its service's, else the default. */
export async function policyIdFor(
  ctx: Ctx,
  { serviceId, policyId }: { readonly serviceId: string | null; readonly policyId: string | null },
): Promise<string> {
  const named = policyId === null ? undefined : await findPolicy(ctx, policyId);
  return (named ?? (await policyFor(ctx, serviceId))).id;
}

/** What an escalation policy is called; null when the workspace has no such policy in use. */
export async function policyName(ctx: Ctx, policyId: string): Promise<string | null> {
  return (await findPolicy(ctx, policyId))?.name ?? null;
}

/** Whether the workspace has the policy; a removed one does not count. */
export async function hasPolicy(ctx: Ctx, policyId: string): Promise<boolean> {
  return (await findPolicy(ctx, policyId)) !== undefined;
}

/** What the policies in use are called. */
export async function policyNames(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  return (await findPolicies(ctx)).map(({ id, name }) => ({ id, name }));
}
