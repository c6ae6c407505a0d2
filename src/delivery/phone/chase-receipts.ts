import { systemActor } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { isNeeded } from '../delivery/is-needed.ts';
import { findUnconfirmed, lockDelivery, updateDelivery } from '../delivery/store.ts';
import { PROVIDER_NAMES } from '../phone-setting/phone-setting.ts';
import { handOn } from './hand-on.ts';
import { RECEIPT_CLOCK, RECEIPT_MS } from './receipt-clock.ts';
import { findTries, updateTry } from './store.ts';

const BATCH = 200;
/** A wake-up may come a moment early, when the database's clock is ahead of ours. */
const EARLY_MS = 200;

/** Hands on every page whose provider took it and then said nothing of its arrival. */
export const chaseReceipts: Rule = {
  ...RECEIPT_CLOCK,
  async run(system, now) {
    const soon = new Date(now.getTime() + EARLY_MS);
    for (const { workspaceId, id } of await findUnconfirmed(system, soon, BATCH)) {
      try {
        await system.transact({ actor: systemActor('delivery'), workspaceId }, (ctx) => chase(ctx, id));
      } catch (error) {
        system.log.error({ deliveryId: id, err: String(error) }, 'a missing receipt could not be looked after');
      }
    }
  },
};

async function chase(ctx: Ctx, deliveryId: string): Promise<void> {
  const delivery = await lockDelivery(ctx, deliveryId);
  if (!delivery?.receiptDueAt || delivery.receiptDueAt.getTime() > ctx.now.getTime() + EARLY_MS) return;
  const last = (await findTries(ctx, deliveryId)).at(-1);
  if (delivery.state !== 'sent' || last?.state !== 'sent' || !(await isNeeded(ctx, delivery))) {
    await updateDelivery(ctx, deliveryId, [delivery.state], { receiptDueAt: null });
    return;
  }
  const why = `${PROVIDER_NAMES[last.provider]} took it, but did not say within ${RECEIPT_MS / 1_000} s that it arrived.`;
  await updateTry(ctx, last, { state: 'unconfirmed', why });
  await handOn(ctx, delivery, why);
}
