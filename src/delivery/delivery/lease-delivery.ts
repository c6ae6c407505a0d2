import { readAllowedTargets } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { Addressed } from '../channel/channel.ts';
import { isChatKind, notConnected } from '../chat-setting/chat-setting.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import type { MailServer } from '../mail-setting/contract.ts';
import type { MailTransport } from '../mail-setting/mail-transport.ts';
import { readMailServers } from '../mail-setting/read-mail-transport.ts';
import { prepareTry } from '../phone/prepare-try.ts';
import { isPhoneKind } from '../phone-setting/phone-setting.ts';
import { type Delivery, LOOK_AGAIN_MS } from './delivery.ts';
import { deliveryDropped, deliveryFailed, deliveryWaits, type Wait } from './events.ts';
import { askStanding, type Standing } from './is-needed.ts';
import { queueOf } from './queues.ts';
import { aboutDelivery } from './about-delivery.ts';
import { endLease, findDelivery, leaseRemainingMs, takeLease } from './store.ts';
import { wordsNow } from './words-now.ts';

const NO_MAIL = 'Mail is not configured: no mail server is set under Settings or in ALLCLEAR_SMTP_URL.';
const TOO_LATE: Standing = { drop: 'It was not worth sending any more.', wait: null };

/**
 * Takes a message for one try, or null when there is nothing to send: settled, not due, in somebody else's hands (then
 * this job comes back when that lease ends), outdated, not needed any more, not known to be still true, or without a
 * configured channel.
 */
export async function leaseDelivery(ctx: Ctx, deliveryId: string): Promise<Addressed | null> {
  const delivery = await takeLease(ctx, deliveryId);
  if (!delivery) return comeBackLater(ctx, deliveryId);
  const { drop, wait } = isTooLate(delivery, ctx.now) ? TOO_LATE : await askStanding(ctx, delivery);
  if (drop !== null) return dropIt(ctx, delivery, drop);
  if (wait !== null) return putOff(ctx, delivery, wait);
  const { kind } = delivery;
  const servers = kind === 'email' ? await readMailServers(ctx) : null;
  if (servers?.length === 0) return hold(ctx, delivery, NO_MAIL);
  const chat = isChatKind(kind) ? await readChatSetting(ctx, kind) : null;
  if (isChatKind(kind) && chat === null) return hold(ctx, delivery, notConnected(kind));
  const message = await wordsNow(ctx, delivery);
  const phone = isPhoneKind(kind) ? await prepareTry(ctx, delivery, kind, message) : null;
  if (phone?.kind === 'hold') return hold(ctx, delivery, phone.why);
  if (phone?.kind === 'fail') return giveUp(ctx, delivery, phone.why);
  return {
    delivery,
    message,
    mail: serversFor(servers, message.server),
    chat,
    phone: phone?.plan ?? null,
    allowedTargets: await readAllowedTargets(ctx),
  };
}

/** A test of one server goes by that one alone. */
function serversFor(servers: readonly MailTransport[] | null, only: MailServer | undefined) {
  if (servers === null || only === undefined) return servers;
  const one = servers[only === 'first' ? 0 : 1];
  return one === undefined ? [] : [one];
}

async function comeBackLater(ctx: Ctx, deliveryId: string): Promise<null> {
  const delivery = await findDelivery(ctx, deliveryId);
  const at = delivery && (await nextLook(ctx, delivery));
  if (at) await ctx.send(queueOf(delivery), { workspaceId: ctx.workspaceId, deliveryId }, { at });
  return null;
}

/** When to look again at a message that could not be taken; null when it is settled. */
async function nextLook(ctx: Ctx, delivery: Delivery): Promise<Date | null> {
  // A job may start some milliseconds early, when the database's clock is ahead of ours.
  if (delivery.state === 'queued') return delivery.nextAttemptAt;
  const remainingMs = await leaseRemainingMs(ctx, delivery.id);
  return remainingMs === null ? null : new Date(ctx.now.getTime() + remainingMs + LOOK_AGAIN_MS);
}

function isTooLate({ notAfter }: Delivery, now: Date): boolean {
  return notAfter !== null && notAfter < now;
}

async function dropIt(ctx: Ctx, delivery: Delivery, why: string): Promise<null> {
  await endLease(ctx, delivery, { state: 'dropped', why, settledAt: ctx.now });
  await ctx.publish(deliveryDropped, { ...aboutDelivery(delivery), why });
  ctx.touch('deliveries');
  return null;
}

/** Gives the lease back until it is known whether the message is still true. That was no try. */
async function putOff(ctx: Ctx, delivery: Delivery, { until, why }: Wait): Promise<null> {
  const waitingSince = delivery.waitingSince ?? ctx.now;
  const attempts = delivery.attempts - 1;
  await endLease(ctx, delivery, { state: 'queued', attempts, nextAttemptAt: until, waitingSince, why });
  await ctx.send(queueOf(delivery), { workspaceId: ctx.workspaceId, deliveryId: delivery.id }, { at: until });
  if (delivery.waitingSince === null) await ctx.publish(deliveryWaits, { ...aboutDelivery(delivery), why });
  ctx.touch('deliveries');
  return null;
}

/** Whatever is tried, this message will not arrive. */
async function giveUp(ctx: Ctx, delivery: Delivery, why: string): Promise<null> {
  await endLease(ctx, delivery, { state: 'failed', why, settledAt: ctx.now });
  await ctx.publish(deliveryFailed, { ...aboutDelivery(delivery), final: true, why });
  ctx.touch('deliveries');
  return null;
}

/** Nothing was sent, so whoever wants to reach the person hears of it as of a failure. */
async function hold(ctx: Ctx, delivery: Delivery, why: string): Promise<null> {
  await endLease(ctx, delivery, { state: 'held', why, attempts: 0 });
  await ctx.publish(deliveryFailed, { ...aboutDelivery(delivery), final: true, why });
  ctx.touch('deliveries');
  return null;
}
