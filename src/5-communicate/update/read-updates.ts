import type { Ctx } from '#platform/ctx.ts';
import { selectUpdates } from './store.ts';
import type { Update } from './update.ts';

/** Every update of the given incidents, drills' included, oldest first. */
export function readUpdates(ctx: Ctx, incidentIds: readonly string[]): Promise<Update[]> {
  return selectUpdates(ctx, incidentIds);
}
