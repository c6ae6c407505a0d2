import type { Ctx } from '#platform/ctx.ts';
import { findPolicy } from './store.ts';

/** Whether the workspace has the policy; a removed one does not count. */
export async function hasPolicy(ctx: Ctx, policyId: string): Promise<boolean> {
  return (await findPolicy(ctx, policyId)) !== undefined;
}
