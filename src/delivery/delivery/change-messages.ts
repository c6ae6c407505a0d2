import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { defineJob, work } from '#platform/jobs.ts';
import type { Addressed } from '../channel/channel.ts';
import { updateChat } from '../channel/chat-vendors.ts';
import { type ChatSetting, isChatKind } from '../chat-setting/chat-setting.ts';
import { chatKind } from '../chat-setting/contract.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { deliveryDue } from './events.ts';
import { aboutDelivery } from './record-outcome.ts';
import { openMessage } from './sealed-message.ts';
import { findDelivery, findSentOfPage } from './store.ts';

type ChangeRef = { readonly workspaceId: string; readonly deliveryId: string; readonly note: string };

const changeJob = defineJob<ChangeRef>('delivery.change', { retryLimit: 8, retryDelayMaxSeconds: 60, concurrency: 8 });

/**
 * Adds a line to every message of a page that went out by a chat which can change what it has shown, and takes the
 * buttons away once nobody needs an answer any more. Queued in this transaction.
 */
export async function changeMessagesOfPage(ctx: Ctx, pageId: string, note: string): Promise<void> {
  const sent = await findSentOfPage(ctx, pageId, chatKind.options);
  for (const { id } of sent) await changeMessage(ctx, id, note);
}

/** The same for one message. */
export async function changeMessage(ctx: Ctx, deliveryId: string, note: string): Promise<void> {
  await ctx.send(changeJob, { workspaceId: ctx.workspaceId, deliveryId, note });
}

export const changeMessages = work(changeJob, async (system, ref, { lastAttempt }) => {
  const who = { actor: systemActor('delivery'), workspaceId: ref.workspaceId };
  const found = await system.transact(who, (ctx) => readChangeable(ctx, ref.deliveryId));
  if (found === 'later') throw new Error('the message is being sent at this moment');
  if (found === null) return;
  const { addressed, setting, open } = found;
  const outcome = await updateChat(system, addressed, setting, { note: ref.note, open });
  if (outcome.ok) return;
  const fields = { deliveryId: ref.deliveryId, kind: addressed.delivery.kind, why: outcome.why };
  if (outcome.permanent || lastAttempt) return system.log.warn(fields, 'message not changed');
  if (outcome.retryAfterSeconds === undefined) throw new Error(outcome.why);
  await sendLater(system, ref, outcome.retryAfterSeconds);
});

async function sendLater(system: System, ref: ChangeRef, seconds: number): Promise<void> {
  const at = new Date(system.clock.now().getTime() + seconds * 1_000);
  await system.jobs.send(system.database, changeJob, ref, { at });
}

type Changeable = { readonly addressed: Addressed; readonly setting: ChatSetting; readonly open: boolean };

async function readChangeable(ctx: Ctx, deliveryId: string): Promise<Changeable | 'later' | null> {
  const delivery = await findDelivery(ctx, deliveryId);
  if (!delivery || !isChatKind(delivery.kind)) return null;
  if (delivery.state === 'sending') return 'later';
  const setting = await readChatSetting(ctx, delivery.kind);
  if (delivery.state !== 'sent' || setting === null) return null;
  let open = true;
  await ctx.publish(deliveryDue, { ...aboutDelivery(delivery), drop: () => void (open = false) });
  const message = openMessage(ctx, delivery.message);
  const allowedTargets = await readAllowedTargets(ctx);
  return { addressed: { delivery, message, mail: null, chat: setting, allowedTargets }, setting, open };
}
