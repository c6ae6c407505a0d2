export { isChannelConfigured } from './channel/configured.ts';
export { parseTopic } from './channel/ntfy.ts';
export type { ChannelKind, DeliveryPurpose, DeliveryState } from './delivery/contract.ts';
export { deliveryDue, deliveryFailed, deliverySent } from './delivery/events.ts';
export { maskAddress } from './delivery/mask.ts';
export type { Message, MessageAction } from './delivery/message.ts';
export { type NewDelivery, queueDelivery } from './delivery/queue-delivery.ts';
export { type DeliveryStatus, readDeliveryStatuses } from './delivery/read-deliveries.ts';
export { sendNow } from './delivery/send-now.ts';
