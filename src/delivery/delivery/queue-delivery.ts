import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind, DeliveryPurpose } from './contract.ts';
import type { Message } from './message.ts';

export type NewDelivery = {
  readonly kind: ChannelKind;
  /** A mail address, a webhook's URL, or the URL of an ntfy topic. */
  readonly address: string;
  readonly message: Message;
  readonly purpose: DeliveryPurpose;
  /** Per workspace: a second request with the same key answers with the first one's id and sends nothing. */
  readonly uniqueKey: string;
  /** Webhook: signing secrets (several while rotating). ntfy: one access token. Stored sealed. */
  readonly credentials?: readonly string[];
  readonly pageId?: string | undefined;
  readonly userId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly subscriberId?: string | undefined;
  /** Not worth sending after this instant. */
  readonly notAfter?: Date | undefined;
};

/** Puts one message to one address into the outbox of this transaction; answers with its delivery's id. */
export async function queueDelivery(_ctx: Ctx, _wanted: NewDelivery): Promise<string> {
  throw new Error('not built yet');
}
