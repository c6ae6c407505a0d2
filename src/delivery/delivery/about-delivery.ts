import type { Delivery } from './delivery.ts';

/** What events say about a delivery. */
export function aboutDelivery(delivery: Delivery) {
  const { id: deliveryId, kind, address, purpose, pageId, userId, incidentId, subscriberId } = delivery;
  return { deliveryId, kind, address, purpose, pageId, userId, incidentId, subscriberId };
}
