import type { Ctx } from '#platform/ctx.ts';
import { aboutDelivery } from '../delivery/about-delivery.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { deliveryConfirmed, deliverySent } from '../delivery/events.ts';
import { lockDelivery, updateDelivery } from '../delivery/store.ts';
import type { TryState } from './chain.ts';
import { handOn } from './hand-on.ts';
import type { TryRef } from './hook-url.ts';
import { findTries, updateTry } from './store.ts';
import type { Receipt } from './vendor.ts';

/** From which states a try can still become this; so the same receipt twice has its effect once. */
const BEFORE_DELIVERED: readonly TryState[] = ['sending', 'sent', 'unconfirmed', 'failed'];
const BEFORE_UNDELIVERED: readonly TryState[] = ['sending', 'sent', 'unconfirmed'];

/** Takes what a provider says became of one try. */
export async function takeReceipt(ctx: Ctx, ref: TryRef, receipt: Receipt): Promise<void> {
  const { outcome, why, providerId } = receipt;
  const delivery = await lockDelivery(ctx, ref.deliveryId);
  const tries = await findTries(ctx, ref.deliveryId);
  const one = tries.find(({ number, provider }) => number === ref.number && provider === ref.provider);
  if (!delivery || !one || outcome === null) return;
  if (one.providerId !== null && one.providerId !== providerId) return;
  if (outcome === 'delivered') {
    if (!BEFORE_DELIVERED.includes(one.state)) return;
    await updateTry(ctx, one, { state: 'delivered', why: null, providerId });
    return confirm(ctx, delivery, providerId);
  }
  if (!BEFORE_UNDELIVERED.includes(one.state) && !(one.state === 'delivered' && receipt.byMachine)) return;
  await updateTry(ctx, one, { state: 'undelivered', why, providerId });
  if (tries.at(-1) === one) await handOn(ctx, delivery, why);
}

/** It arrived, so nobody tries again; a try that is under way just now is one too many, and marked as such. */
async function confirm(ctx: Ctx, delivery: Delivery, providerId: string): Promise<void> {
  await ctx.publish(deliveryConfirmed, aboutDelivery(delivery));
  const confirmed = { confirmedAt: ctx.now, receiptDueAt: null } as const;
  const sent = { state: 'sent', why: null, nextAttemptAt: null, settledAt: ctx.now, providerId } as const;
  if (await updateDelivery(ctx, delivery.id, ['queued', 'failed'], { ...confirmed, ...sent }))
    await ctx.publish(deliverySent, aboutDelivery(delivery));
  else await updateDelivery(ctx, delivery.id, ['sent', 'sending'], confirmed);
  ctx.touch('deliveries');
}
