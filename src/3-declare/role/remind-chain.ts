import type { Ctx } from '#platform/ctx.ts';

/**
 * Whom to remind of something owed, in order and without repeats: the role's holder, then the incident commander, then
 * whoever acknowledged, then the owner of the workspace. The next escalation step is stage 4's to put before the last.
 */
export async function remindChain(_ctx: Ctx, _incidentId: string, _owedBy: string): Promise<string[]> {
  throw new Error('not built yet');
}
