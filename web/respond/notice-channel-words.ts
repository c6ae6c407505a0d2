import type { NoticeChannelKind } from '#respond/contract';

interface PlaceWords {
  name: string;
  address: string;
  hint: string;
  example: string;
}

/** How a place is named and found, by the way that leads there. */
export const placeWords: Record<NoticeChannelKind, PlaceWords> = {
  slack: {
    name: 'Slack',
    address: 'Id of the channel',
    hint: 'It stands at the end of the channel’s details. Invite the bot to the channel.',
    example: 'C024BE7LH',
  },
  teams: {
    name: 'Microsoft Teams',
    address: 'URL of the workflow',
    hint: 'From “Post to a channel when a webhook request is received”.',
    example: 'https://prod-01.westeurope.logic.azure.com/…',
  },
  mattermost: {
    name: 'Mattermost',
    address: 'Id of the channel',
    hint: 'It stands in “View info” of the channel. Add the bot to the channel.',
    example: '4xp9fdt77pncbef59f4k1qe83o',
  },
  discord: {
    name: 'Discord',
    address: 'Id of the channel',
    hint: 'With developer mode on: right-click the channel, Copy Channel ID.',
    example: '1146483563411353651',
  },
  telegram: {
    name: 'Telegram',
    address: 'Id of the group or channel',
    hint: 'Add the bot to it. The id of a group begins with a minus sign.',
    example: '-1001234567890',
  },
  webhook: {
    name: 'Webhook',
    address: 'URL',
    hint: 'Gets signed JSON.',
    example: 'https://example.com/hook',
  },
  email: {
    name: 'Email',
    address: 'Address of a list',
    hint: 'One message for each beginning, reminder and end.',
    example: 'operations@example.com',
  },
  ntfy: {
    name: 'ntfy',
    address: 'URL of the topic',
    hint: 'On ntfy.sh or a server of your own.',
    example: 'https://ntfy.sh/acme-operations',
  },
};

/** In the order in which they are offered. */
export const placeKinds = Object.keys(placeWords) as NoticeChannelKind[];
