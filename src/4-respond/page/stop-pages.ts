import type { Ctx } from '#platform/ctx.ts';

/** Ends every page of an alert or incident that nobody needs any more, and tells the people who were paged why. */
export async function stopPagesOf(
  _ctx: Ctx,
  _of: { incidentId: string } | { alertId: string },
  _reason: string,
): Promise<void> {
  throw new Error('not built yet');
}
