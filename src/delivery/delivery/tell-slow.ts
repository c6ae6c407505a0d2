import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { aboutDelivery } from './about-delivery.ts';
import { type Delivery, SLOW_MS } from './delivery.ts';
import { deliverySlow } from './events.ts';
import { findSlow, markSlow } from './store.ts';

const BATCH = 200;

type Try = Pick<Delivery, 'id' | 'attempts'>;

/**
 * Tells later stages when the try of a page goes without an answer for some seconds, while it goes on. Returns the way to
 * stop, which waits for what is being told.
 */
export function watchForSilence(system: System, who: Who, delivery: Delivery): () => Promise<void> {
  if (delivery.purpose !== 'page') return async () => undefined;
  let telling = Promise.resolve();
  const timer = setTimeout(() => (telling = tell(system, who, delivery)), SLOW_MS);
  return async () => {
    clearTimeout(timer);
    await telling;
  };
}

/** Finds tries that nobody watches any more, because their process died. */
export const tellSlow: Rule = {
  name: 'delivery.slow',
  async run(system) {
    for (const { workspaceId, id, attempts } of await findSlow(system, SLOW_MS, BATCH))
      await tell(system, { actor: systemActor('delivery'), workspaceId }, { id, attempts });
  },
};

async function tell(system: System, who: Who, one: Try): Promise<void> {
  try {
    await system.transact(who, (ctx) => publishSlow(ctx, one));
  } catch (error) {
    system.log.error({ deliveryId: one.id, err: String(error) }, 'a slow message could not be looked after');
  }
}

async function publishSlow(ctx: Ctx, one: Try): Promise<void> {
  const delivery = await markSlow(ctx, one);
  if (delivery) await ctx.publish(deliverySlow, { ...aboutDelivery(delivery), seconds: SLOW_MS / 1_000 });
}
