import type { Ctx } from '#platform/ctx.ts';
import { aboutDelivery } from './about-delivery.ts';
import type { Delivery } from './delivery.ts';
import { deliveryDue, type Wait } from './events.ts';

/** What those who know say of a message before it goes out: why nobody needs it, or that it has to wait. */
export type Standing = { readonly drop: string | null; readonly wait: Wait | null };

export async function askStanding(ctx: Ctx, delivery: Delivery): Promise<Standing> {
  const said: { drop: string | null; wait: Wait | null } = { drop: null, wait: null };
  await ctx.publish(deliveryDue, {
    ...aboutDelivery(delivery),
    waitingSince: delivery.waitingSince,
    drop: (why) => void (said.drop ??= why),
    wait: (wait) => void (said.wait ??= wait),
  });
  return said;
}

/** Why nobody needs a message any more (its page was acknowledged, its person left); null while somebody does. */
export async function reasonToDrop(ctx: Ctx, delivery: Delivery): Promise<string | null> {
  return (await askStanding(ctx, delivery)).drop;
}

/** Whether anybody still needs what a message was about. */
export async function isNeeded(ctx: Ctx, delivery: Delivery): Promise<boolean> {
  return (await reasonToDrop(ctx, delivery)) === null;
}
