import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { SendOutcome } from '../channel/channel.ts';
import { type Delivery, nextAttempt } from './delivery.ts';
import { deliveryFailed, deliverySent } from './events.ts';
import { queueOf } from './queues.ts';
import { endLease } from './store.ts';

const MAX_WHY = 500;

/** Writes down what one try came to, tells later stages, and plans the next try. */
export async function recordOutcome(ctx: Ctx, delivery: Delivery, outcome: SendOutcome): Promise<void> {
  ctx.touch('deliveries');
  if (outcome.ok) {
    const sent = { state: 'sent', settledAt: ctx.now, providerId: outcome.providerId, why: null } as const;
    if (await endLease(ctx, delivery, sent)) await ctx.publish(deliverySent, aboutDelivery(delivery));
    return;
  }
  const why = outcome.why.slice(0, MAX_WHY);
  const next = outcome.permanent ? null : waitFor(ctx, delivery, outcome.retryAfterSeconds ?? 0);
  const values =
    next === null
      ? ({ state: 'failed', why, settledAt: ctx.now } as const)
      : ({ state: 'queued', why, nextAttemptAt: next, nudgedAt: null } as const);
  if (!(await endLease(ctx, delivery, values))) return;
  if (next !== null) {
    await ctx.send(queueOf(delivery), { workspaceId: ctx.workspaceId, deliveryId: delivery.id }, { at: next });
  }
  const goneAddress = outcome.gone ? delivery.address : undefined;
  await ctx.publish(deliveryFailed, { ...aboutDelivery(delivery), final: next === null, why, goneAddress });
}

/** When to try again: by our own patience, and not before the receiver is ready. */
function waitFor(ctx: Ctx, { purpose, attempts, notAfter }: Delivery, retryAfterSeconds: number): Date | null {
  const own = nextAttempt(purpose, attempts, ctx.now, notAfter);
  const theirs = addSeconds(ctx.now, retryAfterSeconds);
  if (own === null || own >= theirs) return own;
  return notAfter !== null && theirs > notAfter ? null : theirs;
}

/** What events say about a delivery. */
export function aboutDelivery(delivery: Delivery) {
  const { id: deliveryId, kind, purpose, pageId, userId, incidentId, subscriberId } = delivery;
  return { deliveryId, kind, purpose, pageId, userId, incidentId, subscriberId };
}
