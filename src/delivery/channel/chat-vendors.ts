import type { System } from '#platform/ctx.ts';
import type { ChatAccount, ChatCredentials, ChatSetting } from '../chat-setting/chat-setting.ts';
import type { ChatKind } from '../chat-setting/contract.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import type { Change, ChatVendor } from './chat-vendor.ts';
import { discord } from './discord.ts';
import { mattermost } from './mattermost.ts';
import { pushover } from './pushover.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';

const VENDORS: { readonly [Kind in ChatKind]: ChatVendor<Kind> } = { slack, mattermost, discord, telegram, pushover };

/** The kinds belong together by construction: a setting is read for the kind of its delivery. */
function vendorOf(kind: ChatKind): ChatVendor<ChatKind> {
  return VENDORS[kind] as ChatVendor<ChatKind>;
}

export async function sendChat(system: System, addressed: Addressed, setting: ChatSetting): Promise<SendOutcome> {
  return vendorOf(setting.credentials.kind).send(system, addressed, setting);
}

export async function updateChat(
  system: System,
  addressed: Addressed,
  setting: ChatSetting,
  change: Change,
): Promise<SendOutcome> {
  return vendorOf(setting.credentials.kind).update(system, addressed, setting, change);
}

export async function checkChat(
  system: System,
  workspace: { readonly workspaceId: string },
  credentials: ChatCredentials,
  allowedTargets: readonly string[],
): Promise<ChatAccount> {
  return vendorOf(credentials.kind).check(system, workspace, credentials, allowedTargets);
}
