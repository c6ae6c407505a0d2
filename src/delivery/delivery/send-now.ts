import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '#kernel/errors.ts';
import type { System, Who } from '#platform/ctx.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { SEND_TIMEOUT_MS } from './delivery.ts';
import { type NewDelivery, queueDelivery } from './queue-delivery.ts';
import { type DeliveryStatus, readDeliveryStatuses } from './read-deliveries.ts';

const POLL_MS = 50;

/**
 * Queues a message and tries it right away, for tests that somebody watches. Must not be called inside a transaction.
 * When a worker was quicker to take it, waits for that one's outcome.
 */
export async function sendNow(system: System, who: Who, wanted: NewDelivery): Promise<DeliveryStatus> {
  const { actor, workspaceId } = who;
  const deliveryId = await system.transact({ actor, workspaceId }, (ctx) => queueDelivery(ctx, wanted));
  await attemptDelivery(system, { workspaceId, deliveryId });
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const status = (await readDeliveryStatuses(system.read({ actor, workspaceId }), [deliveryId])).get(deliveryId);
    assert(status, 'the message that was just queued is there');
    if (status.state !== 'sending' || waitedMs > SEND_TIMEOUT_MS) return status;
    await sleep(POLL_MS);
  }
}
