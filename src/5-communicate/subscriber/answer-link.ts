import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { isGenuine, type LinkUse, subscriberIdOf } from './link.ts';
import { findById, type SubscriberRow, updateSubscriber } from './store.ts';
import { CONFIRM_WITHIN_MS } from './subscribe.ts';

/** The subscriber behind a link that still works for this use; null for any other, without saying why. */
export async function readLink(ctx: Ctx, use: LinkUse, token: string): Promise<SubscriberRow | null> {
  const id = subscriberIdOf(token);
  const row = id === null ? undefined : await findById(ctx, id);
  if (!row || !isGenuine(ctx.secrets, use, row, token)) return null;
  if (use === 'manage') return row.state === 'confirmed' ? row : null;
  const fresh = row.askedAt !== null && ctx.now.getTime() - row.askedAt.getTime() < CONFIRM_WITHIN_MS;
  return row.state === 'pending' && fresh ? row : null;
}

/** Confirms the address. The link of the question ends here; the row with its new link key is returned. */
export async function confirmSubscription(ctx: Ctx, token: string): Promise<SubscriberRow | null> {
  const row = await readLink(ctx, 'confirm', token);
  if (!row) return null;
  const after = await updateSubscriber(
    ctx,
    { ...row, states: ['pending'] },
    { state: 'confirmed', confirmedAt: ctx.now, unsubscribedAt: null, linkKey: newSecret('lnk') },
  );
  if (!after) return null;
  await audit(ctx, { action: 'subscriber.confirm', subjectId: after.id });
  ctx.touch('subscribers');
  return after;
}

/** Chooses the components; null = all. */
export async function manageSubscription(
  ctx: Ctx,
  token: string,
  componentIds: readonly string[] | null,
): Promise<SubscriberRow | null> {
  const row = await readLink(ctx, 'manage', token);
  if (!row) return null;
  const after = await updateSubscriber(
    ctx,
    { ...row, states: ['confirmed'] },
    { componentIds: componentIds && [...componentIds] },
  );
  if (!after) return null;
  await audit(ctx, { action: 'subscriber.manage', subjectId: after.id });
  ctx.touch('subscribers');
  return after;
}

/**
 * Ends the subscription. A second click on the same link finds it ended and is answered in the same way, since mail
 * programs may ask twice (RFC 8058). Null when the link was never ours.
 */
export async function unsubscribe(ctx: Ctx, token: string): Promise<SubscriberRow | null> {
  const id = subscriberIdOf(token);
  const row = id === null ? undefined : await findById(ctx, id);
  if (!row || !isGenuine(ctx.secrets, 'manage', row, token)) return null;
  const after = await updateSubscriber(
    ctx,
    { ...row, states: ['confirmed'] },
    { state: 'unsubscribed', unsubscribedAt: ctx.now },
  );
  if (!after) return row;
  await audit(ctx, { action: 'subscriber.unsubscribe', subjectId: after.id });
  ctx.touch('subscribers');
  return after;
}
