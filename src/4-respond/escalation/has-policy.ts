import type { Ctx } from '#platform/ctx.ts';
import { findPolicy } from './store.ts';

/** What an escalation policy is called; null when the workspace has no such policy in use. */
export async function policyName(ctx: Ctx, policyId: string): Promise<string | null> {
  return (await findPolicy(ctx, policyId))?.name ?? null;
}

/** Whether the workspace has the policy; a removed one does not count. */
export async function hasPolicy(ctx: Ctx, policyId: string): Promise<boolean> {
  return (await findPolicy(ctx, policyId)) !== undefined;
}
