import type { Ctx } from '#platform/ctx.ts';
import type { SendOutcome } from '../channel/channel.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { addressStopped } from '../delivery/events.ts';
import { lockDelivery } from '../delivery/store.ts';
import { unreachableUrl } from '../phone-setting/phone-setting.ts';
import type { PhonePlan } from './prepare-try.ts';
import { RECEIPT_CLOCK, RECEIPT_MS } from './receipt-clock.ts';
import { findTries, insertStop, updateTry } from './store.ts';

/**
 * Writes down what a provider answered to one try. Its receipt may have been quicker than our commit; then the receipt is
 * what counts.
 */
export async function recordTry(
  ctx: Ctx,
  { id: deliveryId, address, kind }: Delivery,
  { number }: PhonePlan,
  outcome: SendOutcome,
): Promise<SendOutcome> {
  const delivery = await lockDelivery(ctx, deliveryId);
  const one = (await findTries(ctx, deliveryId)).find((row) => row.number === number);
  if (!delivery || !one) return outcome;
  if (one.state === 'sending' || one.state === 'failed') {
    await updateTry(ctx, one, valuesOf(outcome));
    if (!outcome.ok && outcome.stopped) {
      await insertStop(ctx, address);
      await ctx.publish(addressStopped, { kind, address });
    }
  }
  if (delivery.confirmedAt !== null || one.state === 'delivered') return { ok: true, providerId: one.providerId };
  return one.state === 'undelivered' ? { ok: false, permanent: false, why: one.why ?? '' } : outcome;
}

function valuesOf(outcome: SendOutcome) {
  if (outcome.ok) return { state: 'sent', unclear: false, why: null, providerId: outcome.providerId } as const;
  const { permanent, unclear = false, why } = outcome;
  return { state: 'failed', permanent, unclear, why: why.slice(0, 500) } as const;
}

/** Until when the provider has to say that a page arrived; null when nobody waits, or it could not tell us. */
export async function receiptDue(ctx: Ctx, { id, purpose }: Delivery): Promise<Date | null> {
  const delivery = await lockDelivery(ctx, id);
  if (purpose !== 'page' || delivery?.confirmedAt !== null || unreachableUrl(ctx.publicUrl) !== null) return null;
  const dueAt = new Date(ctx.now.getTime() + RECEIPT_MS);
  await ctx.wake(RECEIPT_CLOCK, dueAt);
  return dueAt;
}
