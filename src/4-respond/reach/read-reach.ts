import type { Ctx } from '#platform/ctx.ts';

/** Whether a high-urgency page would reach the person now: active, a verified method on a working channel, a rule. */
export async function canBePaged(_ctx: Ctx, _userId: string): Promise<boolean> {
  throw new Error('not built yet');
}
