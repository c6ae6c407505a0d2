import type { Ctx } from '#platform/ctx.ts';
import { canReach, readPeople } from './people.ts';

/** Whether a high-urgency page would reach the person now: active, a verified method on a working channel, a rule. */
export async function canBePaged(ctx: Ctx, userId: string): Promise<boolean> {
  return canReach(await readPeople(ctx), 'high')(userId);
}
