import type { Ctx } from '#platform/ctx.ts';
import { aboutDelivery } from './about-delivery.ts';
import type { Delivery } from './delivery.ts';
import { deliveryDue } from './events.ts';

/** Why nobody needs a message any more (its page was acknowledged, its person left); null while somebody does. */
export async function reasonToDrop(ctx: Ctx, delivery: Delivery): Promise<string | null> {
  let reason: string | null = null;
  await ctx.publish(deliveryDue, { ...aboutDelivery(delivery), drop: (why) => void (reason ??= why) });
  return reason;
}

/** Whether anybody still needs what a message was about. */
export async function isNeeded(ctx: Ctx, delivery: Delivery): Promise<boolean> {
  return (await reasonToDrop(ctx, delivery)) === null;
}
