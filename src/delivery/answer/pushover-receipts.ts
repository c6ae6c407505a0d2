import type { Context } from 'hono';
import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { defineJob, work } from '#platform/jobs.ts';
import type { Addressed } from '../channel/channel.ts';
import { isEmergency, readReceipt } from '../channel/pushover.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { deliverySent } from '../delivery/events.ts';
import { isNeeded } from '../delivery/is-needed.ts';
import { openMessage } from '../delivery/sealed-message.ts';
import { findDelivery } from '../delivery/store.ts';
import { hearButton } from './hear-button.ts';

type ReceiptRef = { readonly workspaceId: string; readonly deliveryId: string; readonly once?: boolean };

const receiptJob = defineJob<ReceiptRef>('delivery.receipt', { concurrency: 8 });

/** Pushover asks not to be asked more often than every 5 s. */
const ASK_EVERY_MS = 10_000;

/**
 * Asks Pushover whether an urgent page was acknowledged in the app, for as long as somebody needs the answer; so it works
 * where Pushover cannot reach Allclear as well.
 */
export const watchReceipts = on(deliverySent, async (ctx, { kind, purpose, deliveryId }) => {
  if (kind === 'pushover' && purpose === 'page') await askLater(ctx, deliveryId);
});

async function askLater(ctx: Ctx, deliveryId: string): Promise<void> {
  const at = new Date(ctx.now.getTime() + ASK_EVERY_MS);
  await ctx.send(receiptJob, { workspaceId: ctx.workspaceId, deliveryId }, { at });
}

/**
 * Pushover's callback. It is not signed, so it proves nothing and only makes us ask now: what is acknowledged is what
 * Pushover itself then says.
 */
export async function hearPushover(system: System, c: Context): Promise<Response> {
  const [workspaceId, deliveryId] = [c.req.param('workspaceId') ?? '', c.req.param('deliveryId') ?? ''];
  const delivery = await findDelivery(system.read({ actor: systemActor('pushover'), workspaceId }), deliveryId);
  if (delivery?.kind !== 'pushover' || delivery.state !== 'sent') return c.text('There is no such message.\n', 404);
  await system.jobs.send(system.database, receiptJob, { workspaceId, deliveryId, once: true });
  return c.body(null, 200);
}

export const readReceipts = work(receiptJob, async (system, { workspaceId, deliveryId, once }) => {
  const who = { actor: systemActor('pushover'), workspaceId };
  const waiting = await system.transact(who, (ctx) => readWaiting(ctx, deliveryId));
  if (waiting === null) return;
  const receipt = await readReceipt(system, waiting.addressed, waiting.appToken);
  if (receipt?.acknowledgedBy) {
    const { acknowledgedBy } = receipt;
    await hearButton(system, {
      workspaceId,
      kind: 'pushover',
      deliveryId,
      answer: 'acknowledge',
      key: waiting.addressed.delivery.providerId ?? deliveryId,
      isTheirs: ({ address }) => address === acknowledgedBy,
      // Pushover goes to people only.
      isThere: () => false,
      addresses: [],
    });
  } else if (!receipt?.expired && !once) {
    await system.transact(who, (ctx) => askLater(ctx, deliveryId));
  }
});

type Waiting = { readonly addressed: Addressed; readonly appToken: string };

/** Null when nobody needs the answer any more, or there is none to get. */
async function readWaiting(ctx: Ctx, deliveryId: string): Promise<Waiting | null> {
  const delivery = await findDelivery(ctx, deliveryId);
  const chat = await readChatSetting(ctx, 'pushover');
  if (delivery?.state !== 'sent' || !delivery.providerId || chat?.credentials.kind !== 'pushover') return null;
  const message = openMessage(ctx, delivery.message);
  if (!(await isNeeded(ctx, delivery)) || !isEmergency({ delivery, message })) return null;
  const allowedTargets = await readAllowedTargets(ctx);
  return {
    addressed: { delivery, message, mail: null, chat, phone: null, allowedTargets },
    appToken: chat.credentials.appToken,
  };
}
