import type { ChannelKind } from '#delivery/contract';
import type { ContactMethodView } from '#respond/contract';

export interface ChannelWords {
  name: string;
  /** What it is, for somebody who meets it first. */
  detail: string;
  address: string;
  hint: string;
  example: string;
}

export const channels: Record<ChannelKind, ChannelWords> = {
  email: {
    name: 'Email',
    detail: 'Works everywhere; may not wake you',
    address: 'Address',
    hint: 'Needs a mail server under Settings, Mail.',
    example: 'you@example.org',
  },
  ntfy: {
    name: 'ntfy',
    detail: 'A free app that rings your phone, also on Do Not Disturb if you allow it',
    address: 'Topic address',
    hint: 'Subscribe to the same topic in the ntfy app. Choose a name that nobody guesses.',
    example: 'https://ntfy.sh/my-secret-topic',
  },
  sms: {
    name: 'SMS',
    detail: 'A text message; you acknowledge by replying a digit',
    address: 'Number',
    hint: 'With its country code. Save our numbers in your address book to let them ring on Do Not Disturb.',
    example: '+44 7700 900123',
  },
  voice: {
    name: 'Phone call',
    detail: 'Your telephone rings; you acknowledge by pressing a digit',
    address: 'Number',
    hint: 'With its country code. The call says the code. Save our numbers in your address book to let them ring on Do Not Disturb.',
    example: '+44 7700 900123',
  },
  webpush: {
    name: 'Web push',
    detail: 'Notifications of a browser; may stay silent on a phone',
    address: 'Endpoint',
    hint: 'The browser says it by itself.',
    example: '',
  },
  slack: {
    name: 'Slack',
    detail: 'A direct message with buttons; rings as your Slack app does',
    address: 'Member id or mail address in Slack',
    hint: 'The id stands in your Slack profile, under ⋮, Copy member ID.',
    example: 'U024BE7LH',
  },
  mattermost: {
    name: 'Mattermost',
    detail: 'A direct message with buttons; rings as your Mattermost app does',
    address: 'User name or mail address in Mattermost',
    hint: 'The user name stands in your Mattermost profile.',
    example: 'ann',
  },
  discord: {
    name: 'Discord',
    detail: 'A direct message with buttons; rings as your Discord app does',
    address: 'User id',
    hint: 'Switch on Developer Mode under Advanced; then right-click your name, Copy User ID.',
    example: '80351110224678912',
  },
  teams: {
    name: 'Microsoft Teams',
    detail: 'A card in a chat of yours, by a workflow; its button opens the page that acknowledges',
    address: 'URL of the workflow',
    hint: 'Workflows, “Send webhook alerts to a chat”. Keep the URL to yourself: whoever has it can write there.',
    example: 'https://prod-00.westeurope.logic.azure.com:443/workflows/…',
  },
  telegram: {
    name: 'Telegram',
    detail: 'A message with buttons from a bot; you press Start once',
    address: '',
    hint: '',
    example: '',
  },
  pushover: {
    name: 'Pushover',
    detail: 'An app that rings until you acknowledge, also on Do Not Disturb',
    address: 'User key',
    hint: 'It stands at the top of pushover.net after signing in. Allow critical alerts in the app.',
    example: 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG',
  },
  webhook: {
    name: 'Webhook',
    detail: 'A signed request to an address of yours',
    address: 'URL',
    hint: 'Each message is a POST with the header X-Allclear-Signature.',
    example: 'https://example.org/pages',
  },
};

/** What is added by its address, in the order of the question. A browser adds itself, with a button of its own. */
export const channelOrder: readonly ChannelKind[] = [
  'email',
  'sms',
  'voice',
  'ntfy',
  'pushover',
  'slack',
  'mattermost',
  'discord',
  'teams',
  'telegram',
  'webhook',
];

/** By what its person knows a contact method: its label where the address says nothing to anybody, else its address. */
export function nameOf({ address, label }: Pick<ContactMethodView, 'address' | 'label'>): string {
  return label ?? (address === '' ? 'not connected yet' : address);
}
