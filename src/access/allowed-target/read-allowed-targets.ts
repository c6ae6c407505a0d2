import type { Ctx } from '#platform/ctx.ts';
import { findTargets } from './store.ts';

/** The CIDRs beyond public addresses that the workspace may reach: the environment's and its own. */
export async function readAllowedTargets(ctx: Ctx): Promise<string[]> {
  const own = await findTargets(ctx);
  return [...new Set([...ctx.environmentTargets, ...own.map((target) => target.cidr)])];
}
