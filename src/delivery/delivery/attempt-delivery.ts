import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { sendMessage } from '../channel/send-message.ts';
import { leaseDelivery } from './lease-delivery.ts';
import type { DeliveryRef } from './queues.ts';
import { recordOutcome } from './record-outcome.ts';
import { watchForSilence } from './tell-slow.ts';

/**
 * One try to send one message: lease (committed), send (outside any transaction), record. If the process dies in
 * between, the lease ends and the message is sent again: at least once, at most one duplicate per death.
 */
export async function attemptDelivery(system: System, ref: DeliveryRef): Promise<void> {
  const who = { actor: systemActor('delivery'), workspaceId: ref.workspaceId };
  const addressed = await system.transact(who, (ctx) => leaseDelivery(ctx, ref.deliveryId));
  if (addressed === null) return;
  const { delivery } = addressed;
  const stopWatching = watchForSilence(system, who, delivery);
  const outcome = await sendMessage(system, addressed);
  await stopWatching();
  await system.transact(who, (ctx) => recordOutcome(ctx, addressed, outcome));
  const fields = {
    deliveryId: delivery.id,
    kind: delivery.kind,
    purpose: delivery.purpose,
    attempt: delivery.attempts,
  };
  if (outcome.ok) system.log.info(fields, 'message sent');
  else system.log.warn({ ...fields, why: outcome.why }, 'message not sent');
}
