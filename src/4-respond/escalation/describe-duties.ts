import type { Ctx } from '#platform/ctx.ts';

/** Sentences that say which policies would be left with a hole without the person; empty when none. */
export async function describeDutiesOf(_ctx: Ctx, _userId: string): Promise<string[]> {
  throw new Error('not built yet');
}
