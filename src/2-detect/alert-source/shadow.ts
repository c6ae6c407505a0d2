import type { Ctx } from '#platform/ctx.ts';
import { readStanding } from '../alert/standing-store.ts';

/** Whether a source is in shadow: what it sends asks nobody. */
export async function isInShadow(ctx: Ctx, alertSourceId: string | null): Promise<boolean> {
  return alertSourceId !== null && (await readStanding(ctx)).shadowIds.includes(alertSourceId);
}
