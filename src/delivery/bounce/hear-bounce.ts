import { systemActor } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { aboutDelivery } from '../delivery/about-delivery.ts';
import { deliveryFailed } from '../delivery/events.ts';
import { lockDelivery, updateDelivery } from '../delivery/store.ts';
import { readFailures } from './read-report.ts';
import type { Returned } from './return-path.ts';

/** Mail servers give up after five days at most; what comes later is about nothing that anybody waits for. */
const STALE_MS = 7 * DAY_MS;

/**
 * What came to the return path of a page: when a mail server says that it did not arrive, whoever wants to reach the person
 * hears of it at once, as of an SMS that was not delivered. Delays, automatic answers, what is old, and what became of it at
 * another address that somebody forwards to, change nothing. False when our own server has not finished with it: the sender should tell again in a moment.
 */
export async function hearBounce(
  system: System,
  { workspaceId, deliveryId }: Returned,
  bytes: Uint8Array,
): Promise<boolean> {
  const failures = await readFailures(bytes);
  if (failures.length === 0) return true;
  return system.transact({ actor: systemActor('delivery'), workspaceId }, async (ctx) => {
    const delivery = await lockDelivery(ctx, deliveryId);
    if (delivery?.state === 'sending') return false;
    const isStale = !delivery || ctx.now.getTime() - delivery.createdAt.getTime() > STALE_MS;
    if (isStale || delivery.kind !== 'email') return true;
    const failure = failures.find(({ address }) => address === delivery.address.toLowerCase());
    if (failure === undefined) return true;
    const why = `A mail server took it, and then said that it cannot be delivered: ${failure.why}`;
    const values = { state: 'failed', why, settledAt: ctx.now } as const;
    if (!(await updateDelivery(ctx, deliveryId, ['sent'], values))) return true;
    ctx.touch('deliveries');
    await ctx.publish(deliveryFailed, { ...aboutDelivery(delivery), final: true, why });
    return true;
  });
}
