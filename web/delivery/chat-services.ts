import type { ChatKind } from '#delivery/contract';

interface ChatField {
  name: string;
  label: string;
  hint: string;
  /** Shown as typed; anything else is a secret. */
  plain?: boolean;
}

export interface ChatService {
  name: string;
  /** What people get. */
  detail: string;
  /** What an admin does over there, in order. `{hook}` becomes the address that has to be typed in. */
  steps: readonly string[];
  fields: readonly ChatField[];
}

export const chatServices: Record<ChatKind, ChatService> = {
  slack: {
    name: 'Slack',
    detail: 'Pages as direct messages with buttons to acknowledge, take command and escalate.',
    steps: [
      'At api.slack.com/apps, create an app from scratch in your Slack workspace.',
      'Under OAuth & Permissions, add the bot scopes chat:write, im:write, users:read and users:read.email, then install the app.',
      'Under Interactivity & Shortcuts, switch interactivity on with the request URL below.',
    ],
    fields: [
      { name: 'botToken', label: 'Bot token', hint: 'OAuth & Permissions. Begins with xoxb-.' },
      { name: 'signingSecret', label: 'Signing secret', hint: 'Basic Information, App Credentials.' },
    ],
  },
  mattermost: {
    name: 'Mattermost',
    detail: 'Pages as direct messages with buttons to acknowledge, take command and escalate.',
    steps: [
      'In Mattermost, under Integrations, Bot Accounts, add a bot with the role Member, and copy its access token.',
      'Mattermost must be able to reach this Allclear for its buttons; where it stands in your own network, its administrator names this host under Environment, Developer, Allow untrusted internal connections.',
    ],
    fields: [
      { name: 'url', label: 'Address of Mattermost', hint: 'Like https://chat.example.com', plain: true },
      { name: 'botToken', label: 'Access token of the bot', hint: '26 letters and digits.' },
    ],
  },
  discord: {
    name: 'Discord',
    detail: 'Pages as direct messages with buttons to acknowledge, take command and escalate.',
    steps: [
      'At discord.com/developers, create an application and invite its bot to the server that your people are in: a bot may write only to people it shares a server with.',
      'Enter the token of its bot and its public key here, and save.',
      'Then enter the request URL below as Interactions Endpoint URL, under General Information. Discord tries it at once.',
    ],
    fields: [
      { name: 'botToken', label: 'Bot token', hint: 'Bot, Reset Token.' },
      { name: 'publicKey', label: 'Public key', hint: 'General Information.', plain: true },
    ],
  },
  telegram: {
    name: 'Telegram',
    detail: 'Pages as messages of a bot with buttons to acknowledge, take command and escalate.',
    steps: [
      'In Telegram, write /newbot to @BotFather and choose a name for the bot.',
      'Copy the token that it answers with. Allclear itself tells Telegram where to send what people press; for that its public address must be https.',
    ],
    fields: [{ name: 'botToken', label: 'Bot token', hint: 'Like 123456:ABC-DEF…' }],
  },
  pushover: {
    name: 'Pushover',
    detail:
      'Urgent pages ring every minute for an hour, also on Do Not Disturb, until they are acknowledged in the app.',
    steps: [
      'At pushover.net, sign in and create an application, with a name and an icon that people recognise.',
      'Copy its API token.',
    ],
    fields: [{ name: 'appToken', label: 'API token', hint: '30 letters and digits.' }],
  },
};

export const chatOrder: readonly ChatKind[] = ['slack', 'mattermost', 'discord', 'telegram', 'pushover'];
