import { readAllowedTargets } from '#access';
import type { System, Who } from '#platform/ctx.ts';
import { type ChatSetting, notConnected } from '../chat-setting/chat-setting.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import type { GroupKind, GroupOutcome, SetGroup, WantedGroup } from './chat-group.ts';
import { setDiscordRole } from './discord-role.ts';
import { setMattermostGroup } from './mattermost-group.ts';
import { setSlackGroup } from './slack-group.ts';

const SETTERS: { readonly [Kind in GroupKind]: SetGroup<Kind> } = {
  slack: setSlackGroup,
  mattermost: setMattermostGroup,
  discord: setDiscordRole,
};

/**
 * Makes the people at some addresses the members of a group in a chat. Touches the network, so it runs outside any
 * transaction; setting the same people again does nothing. Never throws for what the chat says.
 */
export async function setChatGroup(
  system: System,
  who: Who,
  { kind, ...wanted }: { readonly kind: GroupKind } & Omit<WantedGroup, 'allowedTargets'>,
): Promise<GroupOutcome> {
  const ctx = system.read(who);
  const setting = await readChatSetting(ctx, kind);
  if (setting === null) return { ok: false, permanent: true, why: notConnected(kind) };
  // They belong together by construction: the setting was read for this kind.
  const set = SETTERS[kind] as (...given: [System, ChatSetting, WantedGroup]) => Promise<GroupOutcome>;
  return set(system, setting, { ...wanted, allowedTargets: await readAllowedTargets(ctx) });
}
