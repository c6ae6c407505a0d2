import type { Delivery } from './delivery.ts';

/** What events say about a delivery. */
export function aboutDelivery(delivery: Delivery) {
  const { id: deliveryId, kind, purpose, pageId, userId, incidentId, subscriberId } = delivery;
  return { deliveryId, kind, purpose, pageId, userId, incidentId, subscriberId };
}
