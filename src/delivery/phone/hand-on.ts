import type { Ctx } from '#platform/ctx.ts';
import { aboutDelivery } from '../delivery/about-delivery.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { deliveryFailed } from '../delivery/events.ts';
import { isNeeded } from '../delivery/is-needed.ts';
import { queueOf } from '../delivery/queues.ts';
import { updateDelivery } from '../delivery/store.ts';
import { isPhoneKind } from '../phone-setting/phone-setting.ts';
import { nextTry } from './next-try.ts';

/**
 * A message that a provider took did not arrive, as far as anybody knows: the next provider gets it, and whoever wants to
 * reach the person hears of it at once.
 */
export async function handOn(ctx: Ctx, delivery: Delivery, why: string): Promise<void> {
  const needed = isPhoneKind(delivery.kind) && (await isNeeded(ctx, delivery));
  const next = needed && isPhoneKind(delivery.kind) ? await nextTry(ctx, delivery, delivery.kind) : null;
  const values =
    next === null
      ? ({ state: 'failed', why, settledAt: ctx.now, receiptDueAt: null } as const)
      : ({ state: 'queued', why, nextAttemptAt: next, settledAt: null, nudgedAt: null, receiptDueAt: null } as const);
  if (!(await updateDelivery(ctx, delivery.id, ['sent'], values))) return;
  if (next !== null)
    await ctx.send(queueOf(delivery), { workspaceId: ctx.workspaceId, deliveryId: delivery.id }, { at: next });
  ctx.touch('deliveries');
  await ctx.publish(deliveryFailed, { ...aboutDelivery(delivery), final: next === null, why });
}
