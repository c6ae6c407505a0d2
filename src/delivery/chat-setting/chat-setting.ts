import type { ChannelKind } from '../delivery/contract.ts';
import { type ChatKind, type ChatSettingsInput, chatKind } from './contract.ts';

/** The tokens of one kind of chat. */
export type ChatCredentials<Kind extends ChatKind = ChatKind> = Extract<ChatSettingsInput, { kind: Kind }>;

/** Everything that sending by a chat takes. */
export type ChatSetting<Kind extends ChatKind = ChatKind> = {
  readonly credentials: ChatCredentials<Kind>;
  /** What the service calls the place (a Slack workspace) and the bot. */
  readonly account: string;
  readonly bot: string;
};

/** What a service says of itself when tokens are tried, or why they do not work. */
export type ChatAccount =
  | { readonly ok: true; readonly account: string; readonly bot: string }
  | { readonly ok: false; readonly why: string };

export const CHAT_NAMES: Readonly<Record<ChatKind, string>> = {
  slack: 'Slack',
  mattermost: 'Mattermost',
  discord: 'Discord',
  telegram: 'Telegram',
  pushover: 'Pushover',
};

export function isChatKind(kind: ChannelKind): kind is ChatKind {
  return chatKind.safeParse(kind).success;
}

/** Why nothing goes out by a chat that nobody connected. */
export function notConnected(kind: ChatKind): string {
  return `${CHAT_NAMES[kind]} is not connected: an admin does that under Settings, Chat and apps.`;
}
