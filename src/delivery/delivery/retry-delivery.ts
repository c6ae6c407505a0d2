import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { DeliveryView } from './contract.ts';
import { isCurrent } from './delivery.ts';
import { queueOf } from './queues.ts';
import { presentDelivery } from './read-deliveries.ts';
import { findDelivery, requeue } from './store.ts';

/** Tries a failed or held message again now. A stale page is refused: whoever it reached late would be misled. */
export async function retryDelivery(ctx: Ctx, id: string): Promise<DeliveryView> {
  const delivery = await findDelivery(ctx, id);
  if (!delivery) throw notFound('delivery', id);
  if (delivery.state !== 'failed' && delivery.state !== 'held') {
    throw conflict(`Delivery ${id} is ${delivery.state}; only failed and held messages can be tried again.`);
  }
  if (delivery.purpose === 'page' || (delivery.state === 'held' && !isCurrent(delivery, ctx.now))) {
    throw conflict('This message is out of date and would mislead whoever got it now.');
  }
  const [row] = await requeue(ctx, [id]);
  if (!row) throw conflict(`Delivery ${id} changed meanwhile. Look again.`);
  await ctx.send(queueOf(row), { workspaceId: ctx.workspaceId, deliveryId: id });
  await audit(ctx, { action: 'delivery.retry', subjectId: id });
  ctx.touch('deliveries');
  return presentDelivery(row);
}
