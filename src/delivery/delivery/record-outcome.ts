import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Addressed, SendOutcome } from '../channel/channel.ts';
import { nextTry } from '../phone/next-try.ts';
import { receiptDue, recordTry } from '../phone/record-try.ts';
import { aboutDelivery } from './about-delivery.ts';
import { type Delivery, isStuck, nextAttempt } from './delivery.ts';
import { deliveryFailed, deliverySent } from './events.ts';
import { queueOf } from './queues.ts';
import { endLease } from './store.ts';

const MAX_WHY = 500;

/** Writes down what one try came to, tells later stages, and plans the next try. */
export async function recordOutcome(ctx: Ctx, addressed: Addressed, answered: SendOutcome): Promise<void> {
  const { delivery, phone } = addressed;
  ctx.touch('deliveries');
  const outcome = phone ? await recordTry(ctx, delivery, phone, answered) : answered;
  if (outcome.ok) {
    const receiptDueAt = phone ? await receiptDue(ctx, delivery) : null;
    const { providerId, note } = outcome;
    const why = note?.slice(0, MAX_WHY) ?? null;
    const sent = { state: 'sent', settledAt: ctx.now, providerId, why, receiptDueAt } as const;
    if (await endLease(ctx, delivery, sent)) await ctx.publish(deliverySent, aboutDelivery(delivery));
    return;
  }
  const why = outcome.why.slice(0, MAX_WHY);
  const next = await whenNext(ctx, addressed, outcome);
  const unclear = outcome.unclear ? { unclear: true } : {};
  const values =
    next === null
      ? ({ state: 'failed', why, settledAt: ctx.now } as const)
      : ({ state: 'queued', why, nextAttemptAt: next, nudgedAt: null, ...unclear } as const);
  if (!(await endLease(ctx, delivery, values))) return;
  if (next !== null) {
    await ctx.send(queueOf(delivery), { workspaceId: ctx.workspaceId, deliveryId: delivery.id }, { at: next });
  }
  const goneAddress = outcome.gone ? delivery.address : undefined;
  await ctx.publish(deliveryFailed, {
    ...aboutDelivery(delivery),
    final: next === null,
    stuck: isStuck(delivery),
    why,
    goneAddress,
  });
}

async function whenNext(ctx: Ctx, { delivery, phone }: Addressed, outcome: SendOutcome & { ok: false }) {
  // A refusal for good is that of one provider; another one may carry it.
  if (phone) return nextTry(ctx, delivery, phone.kind, outcome.retryAfterSeconds);
  return outcome.permanent ? null : waitFor(ctx, delivery, outcome.retryAfterSeconds ?? 0);
}

/** When to try again: by our own patience, and not before the receiver is ready. */
function waitFor(ctx: Ctx, { purpose, attempts, notAfter }: Delivery, retryAfterSeconds: number): Date | null {
  const own = nextAttempt(purpose, attempts, ctx.now, notAfter);
  const theirs = addSeconds(ctx.now, retryAfterSeconds);
  if (own === null || own >= theirs) return own;
  return notAfter !== null && theirs > notAfter ? null : theirs;
}
