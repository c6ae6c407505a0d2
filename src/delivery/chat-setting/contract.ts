import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { instant, line } from '#kernel/schema.ts';

/** The channels that work through a bot or an application which an admin connects once for everybody. */
export const chatKind = z.enum(['slack', 'mattermost', 'discord', 'telegram', 'pushover']);
export type ChatKind = z.output<typeof chatKind>;

const secret = (pattern: RegExp, expected: string) => line(512).regex(pattern, expected);

const slack = z.object({
  kind: z.literal('slack'),
  botToken: secret(/^xoxb-[A-Za-z0-9-]+$/, 'expected a bot token, which begins with xoxb-'),
  signingSecret: secret(/^[a-f0-9]{16,128}$/i, 'expected the signing secret: letters a to f and digits'),
});

const mattermost = z.object({
  kind: z.literal('mattermost'),
  url: z
    .url({ protocol: /^https?$/, error: 'expected the address of your Mattermost, such as https://chat.example.com' })
    .max(300)
    .regex(/^[^?#@]+$/, 'expected an address without a query and without a password'),
  botToken: secret(/^[a-z0-9]{26}$/, 'expected an access token of 26 letters and digits'),
});

const discord = z.object({
  kind: z.literal('discord'),
  botToken: secret(/^[A-Za-z0-9_.-]{50,120}$/, 'expected the token of the bot, as Discord shows it under Bot'),
  publicKey: secret(/^[a-f0-9]{64}$/i, 'expected the public key: 64 letters a to f and digits'),
});

const telegram = z.object({
  kind: z.literal('telegram'),
  botToken: secret(/^\d{3,20}:[A-Za-z0-9_-]{20,100}$/, 'expected a bot token such as 123456:ABC-DEF…'),
});

const pushover = z.object({
  kind: z.literal('pushover'),
  appToken: secret(/^[A-Za-z0-9]{30}$/, 'expected an API token of 30 letters and digits'),
});

export const chatSettingsInput = z.discriminatedUnion('kind', [slack, mattermost, discord, telegram, pushover]);
export type ChatSettingsInput = z.output<typeof chatSettingsInput>;

export const chatSettings = z.object({
  kind: chatKind,
  configured: z.boolean(),
  /** What the service calls the place and the bot; null while nothing is connected. */
  account: z.string().nullable(),
  bot: z.string().nullable(),
  /** Where the service has to send what people press; null when Allclear tells it by itself. */
  hookUrl: z.string().nullable(),
  changedAt: instant.nullable(),
  lastSentAt: instant.nullable(),
  /** The newest failure, if it is newer than the newest success. */
  lastFailure: z.object({ at: instant, why: z.string() }).nullable(),
});
export type ChatSettingsView = z.output<typeof chatSettings>;

const tag = 'Chat settings';
const permission = 'workspace.manage';
const params = z.object({ kind: chatKind });

export const listChatSettings = defineRoute({
  method: 'get',
  path: '/chat-settings',
  permission,
  tag,
  summary: 'List the chats and apps that pages can use, and how each is connected',
  response: z.object({ items: z.array(chatSettings) }),
});

export const saveChatSettings = defineRoute({
  method: 'put',
  path: '/chat-settings',
  permission,
  tag,
  summary: 'Connect a chat or an app; its tokens are tried first and refused with what the service says',
  body: chatSettingsInput,
  response: chatSettings,
});

export const removeChatSettings = defineRoute({
  method: 'delete',
  path: '/chat-settings/{kind}',
  permission,
  tag,
  summary: 'Disconnect a chat or an app; pages use the other methods from then on',
  params,
});

export const testChatSettings = defineRoute({
  method: 'post',
  path: '/chat-settings/{kind}/test',
  permission,
  tag,
  summary: 'Ask the service now whether the stored tokens still work',
  params,
  response: z.object({
    ok: z.boolean(),
    /** One sentence: as whom it works, or what the service answered. */
    message: z.string(),
  }),
});
