import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type Answer, deliveryAnswered } from './events.ts';
import { aboutDelivery } from './about-delivery.ts';
import { findDelivery } from './store.ts';

const NOTHING_TO_ANSWER = 'There is nothing to answer about this message any more.';

/**
 * Passes on what somebody answered to a message by its own channel (`sms`, `voice`, `slack` …), in this transaction;
 * answers with the sentence to say back. The channel has made sure that it is the person whom the message went to, or
 * says who it is (`userId`) when it went to a place that several people read.
 */
export async function answerDelivery(
  ctx: Ctx,
  deliveryId: string,
  answer: Answer,
  channel: string,
  userId?: string,
): Promise<string> {
  const delivery = await findDelivery(ctx, deliveryId);
  if (!delivery) throw notFound('delivery', deliveryId);
  let said = NOTHING_TO_ANSWER;
  await ctx.publish(deliveryAnswered, {
    ...aboutDelivery(delivery),
    ...(userId === undefined ? {} : { userId }),
    answer,
    channel,
    say: (text) => void (said = text),
  });
  return said;
}
