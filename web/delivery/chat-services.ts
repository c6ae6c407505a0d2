import type { ChatKind } from '#delivery/contract';

export interface ChatField {
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
};

export const chatOrder: readonly ChatKind[] = ['slack'];
