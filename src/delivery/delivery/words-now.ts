import type { Ctx } from '#platform/ctx.ts';
import { aboutDelivery } from './about-delivery.ts';
import { type Delivery, isLate, whenDue } from './delivery.ts';
import { deliveryLate } from './events.ts';
import type { Message } from './message.ts';
import { openMessage, sealMessage, type StoredMessage } from './sealed-message.ts';
import { subjectOf, shownSubject } from './subject.ts';
import { rewordDelivery } from './store.ts';

const AGAIN = 'Sent again: it may have reached you before.';

/** What a leased message says: as it was written, or anew when it is a page that waited; marked when it may come twice. */
export async function wordsNow(ctx: Ctx, delivery: Delivery): Promise<StoredMessage> {
  const stored = openMessage(ctx, delivery.message);
  const { purpose, unclear } = delivery;
  const message = purpose === 'page' && isLate(delivery, ctx.now) ? await reword(ctx, delivery, stored) : stored;
  return unclear && (purpose === 'page' || purpose === 'notice') ? markAgain(message) : message;
}

async function reword(ctx: Ctx, delivery: Delivery, stored: StoredMessage): Promise<StoredMessage> {
  const heard: { message?: Message } = {};
  await ctx.publish(deliveryLate, {
    ...aboutDelivery(delivery),
    dueAt: whenDue(delivery),
    reword: (message) => void (heard.message = message),
  });
  if (!heard.message) return stored;
  const subject = subjectOf(heard.message);
  const message = { ...heard.message, subject, credentials: stored.credentials, via: stored.via };
  await rewordDelivery(ctx, delivery.id, { subject: shownSubject(message), message: sealMessage(ctx, message) });
  return message;
}

function markAgain(message: StoredMessage): StoredMessage {
  const { text, html, payload } = message;
  return {
    ...message,
    text: `${AGAIN}\n${text}`,
    ...(html ? { html: html.replace(/<body[^>]*>/, (tag) => `${tag}<p>${AGAIN}</p>`) } : {}),
    ...(payload ? { payload: { ...payload, again: true } } : {}),
  };
}
