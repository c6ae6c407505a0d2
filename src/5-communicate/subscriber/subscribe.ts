import { audit } from '#access';
import { queueDelivery } from '#delivery';
import { AppError } from '#kernel/errors.ts';
import { HOUR_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { pageUrl } from '../status-page/present.ts';
import type { StatusPageRow } from '../status-page/store.ts';
import { linkToken } from './link.ts';
import { confirmationMail, manageMail } from './mail.ts';
import { countAsked, findByEmail, insertSubscriber, type SubscriberRow, updateSubscriber } from './store.ts';

export type Subscription = { readonly email: string; readonly componentIds: readonly string[] | null };

/**
 * One mail to an address in this time, however often it asks: the form must not be a way to flood others. The wait
 * doubles with each mail, up to a day.
 */
const ASK_AGAIN_MS = 5 * MINUTE_MS;
const waitAfter = (askedAt: Date, createdAt: Date) =>
  Math.min(Math.max(ASK_AGAIN_MS, askedAt.getTime() - createdAt.getTime()), 24 * HOUR_MS);
const ASKED_PER_HOUR = 1_000;

/**
 * Takes a wish to be told and asks the address to confirm it. Says nothing about whether the address was known; one that
 * is confirmed already gets the link to its settings instead. Refuses (`limit`) when a page asks too many in an hour.
 */
export async function subscribe(ctx: Ctx, page: StatusPageRow, wanted: Subscription): Promise<SubscriberRow> {
  const row = (await findByEmail(ctx, page.id, wanted.email)) ?? (await insert(ctx, page, wanted));
  if (row.askedAt && ctx.now.getTime() - row.askedAt.getTime() < waitAfter(row.askedAt, row.createdAt)) return row;
  if ((await countAsked(ctx, page.id, new Date(ctx.now.getTime() - HOUR_MS))) >= ASKED_PER_HOUR) {
    throw new AppError('limit', 'Too many people subscribe right now. Try again in an hour.', {
      retryAfterSeconds: 3_600,
    });
  }
  const confirmed = row.state === 'confirmed';
  const asked = await updateSubscriber(
    ctx,
    { ...row, states: ['pending', 'confirmed', 'unsubscribed'] },
    confirmed
      ? { askedAt: ctx.now }
      : {
          askedAt: ctx.now,
          state: 'pending',
          linkKey: newSecret('lnk'),
          componentIds: wanted.componentIds && [...wanted.componentIds],
        },
  );
  if (!asked) return row;
  const shown = { name: page.name, url: pageUrl(ctx, page), timeZone: page.timeZone };
  const message = confirmed
    ? manageMail(shown, linkToken(ctx.secrets, 'manage', asked))
    : confirmationMail(shown, linkToken(ctx.secrets, 'confirm', asked));
  await queueDelivery(ctx, {
    kind: 'email',
    address: asked.email,
    message,
    purpose: 'subscriber',
    uniqueKey: `subscriber-ask:${asked.id}:${ctx.now.getTime()}`,
    subscriberId: asked.id,
    notAfter: new Date(ctx.now.getTime() + CONFIRM_WITHIN_MS),
  });
  await audit(ctx, { action: 'subscriber.ask', subjectId: asked.id });
  ctx.touch('subscribers');
  return asked;
}

/** A question for confirmation can be answered for seven days. */
export const CONFIRM_WITHIN_MS = 7 * 24 * HOUR_MS;

async function insert(ctx: Ctx, page: StatusPageRow, { email, componentIds }: Subscription): Promise<SubscriberRow> {
  const made = await insertSubscriber(ctx, {
    id: ctx.newId('sub'),
    statusPageId: page.id,
    email,
    state: 'pending',
    componentIds: componentIds && [...componentIds],
    linkKey: newSecret('lnk'),
    askedAt: null,
    createdAt: ctx.now,
    confirmedAt: null,
    unsubscribedAt: null,
  });
  const row = made ?? (await findByEmail(ctx, page.id, email));
  if (!row) throw new Error(`subscriber of ${page.id} neither inserted nor found`);
  return row;
}
