import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { findTries, type TryRow } from '../phone/store.ts';
import { isPhoneKind, PROVIDER_NAMES } from '../phone-setting/phone-setting.ts';
import type { ChannelKind, DeliveryDetail, DeliveryState, DeliveryView } from './contract.ts';
import type { Delivery } from './delivery.ts';
import { maskAddress, maskSecrets } from './mask.ts';
import { openMessage } from './sealed-message.ts';
import { findDeliveries, findDelivery, selectDeliveries } from './store.ts';

export type DeliveryStatus = {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly state: DeliveryState;
  readonly why: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** When its provider said that it arrived; null where the channel does not tell. */
  readonly confirmedAt: Date | null;
  /** The id that the mail server or the receiver gave it. */
  readonly providerId: string | null;
};

/** How the given deliveries stand, by id; unknown ids are left out. */
export async function readDeliveryStatuses(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeliveryStatus>> {
  const rows = await findDeliveries(ctx, ids);
  return new Map(
    rows.map(({ id, kind, state, why, attempts, createdAt, settledAt, providerId, confirmedAt }) => [
      id,
      {
        id,
        kind,
        state,
        why,
        attempts,
        createdAt,
        providerId,
        confirmedAt,
        sentAt: state === 'sent' ? settledAt : null,
      },
    ]),
  );
}

/** A page of the outbox, newest first. */
export async function listDeliveries(ctx: Ctx, query: PageQuery & Parameters<typeof selectDeliveries>[1]) {
  const rows = await selectDeliveries(ctx, query);
  return pageOf(rows, query, (row) => row.id, presentDelivery);
}

/** One message with its text. */
export async function readDelivery(ctx: Ctx, id: string): Promise<DeliveryDetail> {
  const delivery = await findDelivery(ctx, id);
  if (!delivery) throw notFound('delivery', id);
  const message = openMessage(ctx, delivery.message);
  const body = [message.text, ...(message.actions ?? []).map(({ label, url }) => `[${label}] ${url}`)].join('\n');
  return {
    ...presentDelivery(delivery),
    text: maskSecrets(body, message.mask),
    providerId: delivery.providerId,
    tries: isPhoneKind(delivery.kind) ? (await findTries(ctx, id)).map(presentTry) : [],
  };
}

function presentTry({ provider, state, why, providerId, startedAt }: TryRow): DeliveryDetail['tries'][number] {
  return { provider: PROVIDER_NAMES[provider], state, why, providerId, startedAt: startedAt.toISOString() };
}

/** A row as the API shows it. */
export function presentDelivery(row: Delivery): DeliveryView {
  return {
    id: row.id,
    kind: row.kind,
    purpose: row.purpose,
    state: row.state,
    address: maskAddress(row.kind, row.address),
    subject: row.subject,
    why: row.why,
    attempts: row.attempts,
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    sentAt: row.state === 'sent' ? (row.settledAt?.toISOString() ?? null) : null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    pageId: row.pageId,
    userId: row.userId,
    incidentId: row.incidentId,
    subscriberId: row.subscriberId,
  };
}
