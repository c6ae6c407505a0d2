import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { defineJob, work } from '#platform/jobs.ts';
import type { Addressed } from '../channel/channel.ts';
import type { Change } from '../channel/chat-vendor.ts';
import { updateChat } from '../channel/chat-vendors.ts';
import { type ChatSetting, isChatKind } from '../chat-setting/chat-setting.ts';
import { chatKind } from '../chat-setting/contract.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { isNeeded } from './is-needed.ts';
import { openMessage } from './sealed-message.ts';
import { findDelivery, findSentOfPage, markShown, setNote } from './store.ts';

/** `again`: shown also when the message should say it by now. */
type ChangeRef = { readonly workspaceId: string; readonly deliveryId: string; readonly again?: boolean };

const changeJob = defineJob<ChangeRef>('delivery.change', { retryLimit: 8, retryDelayMaxSeconds: 60, concurrency: 8 });

/**
 * Lets every message of a page that went out by a chat which can change what it has shown say what became of it, and
 * takes the buttons away once nobody needs an answer any more. Queued in this transaction; the newest word wins.
 */
export async function changeMessagesOfPage(ctx: Ctx, pageId: string, note: string): Promise<void> {
  const sent = await findSentOfPage(ctx, pageId, chatKind.options);
  await say(
    ctx,
    sent.map(({ id }) => id),
    note,
  );
}

/**
 * Lets a message whose button was pressed say what came of that, while it still waits for an answer. Once it waits no
 * longer, whatever ended that has said so in every message of the page, and this one is only shown it if it was not yet.
 */
export async function changeAnsweredMessage(ctx: Ctx, deliveryId: string, said: string): Promise<void> {
  const delivery = await findDelivery(ctx, deliveryId);
  if (!delivery) return;
  if (delivery.note === null || (await isNeeded(ctx, delivery))) return say(ctx, [deliveryId], said, true);
  if (delivery.shownNote !== delivery.note) await show(ctx, deliveryId);
}

/** `again`: also when a message says so already, since each of its buttons may work once only. */
async function say(ctx: Ctx, deliveryIds: readonly string[], note: string, again = false): Promise<void> {
  await setNote(ctx, deliveryIds, note);
  for (const id of deliveryIds) await show(ctx, id, again);
}

async function show(ctx: Ctx, deliveryId: string, again = false): Promise<void> {
  await ctx.send(changeJob, { workspaceId: ctx.workspaceId, deliveryId, again });
}

export const changeMessages = work(changeJob, async (system, ref, { lastAttempt }) => {
  const who = { actor: systemActor('delivery'), workspaceId: ref.workspaceId };
  const found = await system.transact(who, (ctx) => readChangeable(ctx, ref));
  if (found === 'later') throw new Error('the message is being sent at this moment');
  if (found === null) return;
  const { addressed, setting, change } = found;
  const outcome = await updateChat(system, addressed, setting, change);
  if (outcome.ok) {
    // Two changes may overtake each other on their way, so whoever showed an older word shows the newest once more.
    const current = await system.transact(who, (ctx) => markShown(ctx, ref.deliveryId, change.note));
    if (!current) await system.jobs.send(system.database, changeJob, { ...ref, again: true });
    return;
  }
  const fields = { deliveryId: ref.deliveryId, kind: addressed.delivery.kind, why: outcome.why };
  if (outcome.permanent || lastAttempt) return system.log.warn(fields, 'message not changed');
  if (outcome.retryAfterSeconds === undefined) throw new Error(outcome.why);
  await sendLater(system, ref, outcome.retryAfterSeconds);
});

async function sendLater(system: System, ref: ChangeRef, seconds: number): Promise<void> {
  const at = new Date(system.clock.now().getTime() + seconds * 1_000);
  await system.jobs.send(system.database, changeJob, ref, { at });
}

type Changeable = { readonly addressed: Addressed; readonly setting: ChatSetting; readonly change: Change };

async function readChangeable(ctx: Ctx, { deliveryId, again }: ChangeRef): Promise<Changeable | 'later' | null> {
  const delivery = await findDelivery(ctx, deliveryId);
  if (!delivery || !isChatKind(delivery.kind)) return null;
  const { note, shownNote } = delivery;
  if (note === null || (note === shownNote && !again)) return null;
  if (delivery.state === 'sending') return 'later';
  const setting = await readChatSetting(ctx, delivery.kind);
  if (delivery.state !== 'sent' || setting === null) return null;
  const change = { note, open: await isNeeded(ctx, delivery) };
  const message = openMessage(ctx, delivery.message);
  const allowedTargets = await readAllowedTargets(ctx);
  return { addressed: { delivery, message, mail: null, chat: setting, phone: null, allowedTargets }, setting, change };
}
