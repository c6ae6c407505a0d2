import { audit, readAllowedTargets } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { checkChat } from '../channel/chat-vendors.ts';
import { channelSettingsChanged, chatConnected } from '../delivery/events.ts';
import { CHAT_NAMES, notConnected } from './chat-setting.ts';
import type { ChatKind, ChatSettingsInput, ChatSettingsView } from './contract.ts';
import { presentChatSetting, readChatSetting } from './read-chat-settings.ts';
import { deleteChatSetting, findChatSetting, upsertChatSetting } from './store.ts';

/** Tries the tokens at the service (outside any transaction), then keeps them sealed. Refuses with what it said. */
export async function saveChatSettings(ctx: Ctx, input: ChatSettingsInput, system: System): Promise<ChatSettingsView> {
  const found = await checkChat(system, ctx, input, await readAllowedTargets(ctx));
  if (!found.ok) throw new AppError('invalid', `${CHAT_NAMES[input.kind]} refuses this: ${found.why}`);
  const { account, bot } = found;
  const { kind } = input;
  return system.transact(ctx, async (within) => {
    await upsertChatSetting(within, {
      workspaceId: within.workspaceId,
      kind,
      credentials: within.secrets.seal(JSON.stringify(input)),
      account: account.slice(0, 200),
      bot: bot.slice(0, 200),
      changedAt: within.now,
      changedBy: actorUserId(within.actor),
    });
    await audit(within, {
      action: 'chat-settings.change',
      subjectId: within.workspaceId,
      detail: { kind, account, bot },
    });
    await within.publish(channelSettingsChanged, { setting: 'chat' });
    await within.publish(chatConnected, { kind });
    within.touch('settings');
    return presentChatSetting(within, kind, await findChatSetting(within, kind));
  });
}

/** Disconnects a chat. */
export async function removeChatSettings(ctx: Ctx, kind: ChatKind): Promise<void> {
  if (!(await deleteChatSetting(ctx, kind))) return;
  await audit(ctx, { action: 'chat-settings.remove', subjectId: ctx.workspaceId, detail: { kind } });
  await ctx.publish(channelSettingsChanged, { setting: 'chat' });
  ctx.touch('settings');
}

/** Asks the service whether the stored tokens still work. */
export async function testChatSettings(ctx: Ctx, kind: ChatKind, system: System) {
  const setting = await readChatSetting(ctx, kind);
  if (!setting) throw conflict(notConnected(kind));
  const found = await checkChat(system, ctx, setting.credentials, await readAllowedTargets(ctx));
  if (!found.ok) return { ok: false, message: `${CHAT_NAMES[kind]} refuses this: ${found.why}` };
  return { ok: true, message: `Connected to ${found.account} as ${found.bot}.` };
}
