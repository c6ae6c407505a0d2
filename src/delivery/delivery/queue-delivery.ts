import { assert } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { ChannelKind, DeliveryPurpose } from './contract.ts';
import type { MailServer } from '../mail-setting/contract.ts';
import type { PhoneProvider } from '../phone-setting/contract.ts';
import type { Message } from './message.ts';
import { queueOf } from './queues.ts';
import { sealMessage } from './sealed-message.ts';
import { findIdByKey, insertDelivery } from './store.ts';
import { oneLine, shownSubject, subjectOf } from './subject.ts';

export type NewDelivery = {
  readonly kind: ChannelKind;
  /** As its channel knows it: a mail address, a webhook's URL, a browser's push endpoint. */
  readonly address: string;
  readonly message: Message;
  readonly purpose: DeliveryPurpose;
  /** Per workspace: a second request with the same key answers with the first one's id and sends nothing. */
  readonly uniqueKey: string;
  /** Webhook: signing secrets (several while rotating). ntfy: one access token. Web push: the browser's two keys. Sealed. */
  readonly credentials?: readonly string[];
  /** SMS and calls: by this provider alone, to try it. */
  readonly via?: PhoneProvider | undefined;
  /** Mail: by this server alone, to try it. */
  readonly server?: MailServer | undefined;
  readonly pageId?: string | undefined;
  readonly userId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly subscriberId?: string | undefined;
  /** When it was due, where that was earlier: what is late says so. */
  readonly dueAt?: Date | undefined;
  /** Not worth sending after this instant. */
  readonly notAfter?: Date | undefined;
};

/** Puts one message to one address into the outbox of this transaction; answers with its delivery's id. */
export async function queueDelivery(ctx: Ctx, wanted: NewDelivery): Promise<string> {
  const subject = subjectOf(wanted.message);
  const id = await insertDelivery(ctx, {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('dlv'),
    kind: wanted.kind,
    purpose: wanted.purpose,
    state: 'queued',
    address: oneLine(wanted.address, 2_048),
    subject: shownSubject(wanted.message),
    message: sealMessage(ctx, {
      ...wanted.message,
      subject,
      credentials: wanted.credentials ?? [],
      via: wanted.via,
      server: wanted.server,
    }),
    uniqueKey: wanted.uniqueKey,
    pageId: wanted.pageId ?? null,
    userId: wanted.userId ?? null,
    incidentId: wanted.incidentId ?? null,
    subscriberId: wanted.subscriberId ?? null,
    notAfter: wanted.notAfter ?? null,
    createdAt: ctx.now,
    dueAt: wanted.dueAt !== undefined && wanted.dueAt < ctx.now ? wanted.dueAt : null,
    nextAttemptAt: ctx.now,
    leaseUntil: null,
    nudgedAt: null,
    settledAt: null,
    providerId: null,
    why: null,
  });
  if (id === null) {
    const existing = await findIdByKey(ctx, wanted.uniqueKey);
    assert(existing !== undefined, `delivery ${wanted.uniqueKey} neither inserted nor found`);
    return existing;
  }
  await ctx.send(queueOf(wanted), { workspaceId: ctx.workspaceId, deliveryId: id });
  ctx.touch('deliveries');
  return id;
}
