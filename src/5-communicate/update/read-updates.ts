import type { Ctx } from '#platform/ctx.ts';
import type { Update } from './update.ts';

/** Every update of the given incidents, oldest first. */
export async function readUpdates(_ctx: Ctx, _incidentIds: readonly string[]): Promise<Update[]> {
  throw new Error('not built yet');
}
