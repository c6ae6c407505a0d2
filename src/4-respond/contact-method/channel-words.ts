import type { ChannelKind } from '#delivery';

/** How sentences call a channel: "Paging Ann by mail and web push". */
export const CHANNEL_WORDS: Readonly<Record<ChannelKind, string>> = {
  email: 'mail',
  webhook: 'webhook',
  ntfy: 'ntfy',
  sms: 'SMS',
  voice: 'telephone',
  webpush: 'web push',
  slack: 'Slack',
  mattermost: 'Mattermost',
  discord: 'Discord',
  teams: 'Microsoft Teams',
  telegram: 'Telegram',
  pushover: 'Pushover',
};
