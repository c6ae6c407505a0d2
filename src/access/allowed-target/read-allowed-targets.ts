import type { Ctx } from '#platform/ctx.ts';

/** The CIDRs beyond public addresses that the workspace may reach: the environment's and its own. */
export async function readAllowedTargets(_ctx: Ctx): Promise<string[]> {
  throw new Error('not built yet');
}
