import { readAllowedTargets } from '#access';
import type { System, Who } from '#platform/ctx.ts';
import { type ChatSetting, notConnected } from '../chat-setting/chat-setting.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { type GroupOutcome, setSlackGroup } from './slack-group.ts';

/**
 * Makes the people at some addresses the members of a Slack user group. Touches the network, so it runs outside any
 * transaction; setting the same people again does nothing. Never throws for what Slack says.
 */
export async function setChatGroup(
  system: System,
  who: Who,
  wanted: { readonly groupId: string; readonly addresses: readonly string[] },
): Promise<GroupOutcome> {
  const ctx = system.read(who);
  const setting = await readChatSetting(ctx, 'slack');
  if (setting === null) return { ok: false, permanent: true, why: notConnected('slack') };
  const allowedTargets = await readAllowedTargets(ctx);
  return setSlackGroup(system, setting as ChatSetting<'slack'>, { ...wanted, allowedTargets });
}
