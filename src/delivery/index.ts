export { hearBounce } from './bounce/hear-bounce.ts';
export { readReturnPath, type Returned } from './bounce/return-path.ts';
export { type ChannelFaults, readChannelFaults } from './channel/configured.ts';
export { isOwnMail } from './channel/own-mail.ts';
export { setChatGroup } from './channel/set-chat-group.ts';
export type { GroupKind, GroupOutcome } from './channel/chat-group.ts';
export { parseTopic } from './channel/ntfy.ts';
export { telegramStartCode, telegramStartUrl } from './channel/telegram.ts';
export { readChatSetting } from './chat-setting/read-chat-settings.ts';
export { answerDelivery } from './delivery/answer-delivery.ts';
export { changeMessagesOfPage } from './delivery/change-messages.ts';
export type { ChannelKind, DeliveryPurpose, DeliveryState } from './delivery/contract.ts';
export {
  addressClaimed,
  addressResumed,
  addressStopped,
  chatConnected,
  type Answer,
  channelSettingsChanged,
  deliveryAnswered,
  deliveryConfirmed,
  deliveryDropped,
  deliveryWaits,
  deliveryDue,
  deliveryFailed,
  deliveryLate,
  deliverySent,
  deliverySlow,
  presserSought,
} from './delivery/events.ts';
export { maskAddress } from './delivery/mask.ts';
export type { Message, MessageAction } from './delivery/message.ts';
export { type NewDelivery, queueDelivery } from './delivery/queue-delivery.ts';
export { type DeliveryStatus, readDeliveryStatuses } from './delivery/read-deliveries.ts';
export { readNumber } from './phone/number.ts';
export {
  countTests,
  type LastOutcome,
  outcomeKey,
  readLastOutcomes,
  readTestFaults,
} from './delivery/outcome-store.ts';
export { sendNow } from './delivery/send-now.ts';
