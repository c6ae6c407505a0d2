import type { ChannelKind } from '#delivery/contract';

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
  webhook: {
    name: 'Webhook',
    detail: 'A signed request to an address of yours',
    address: 'URL',
    hint: 'Each message is a POST with the header X-Allclear-Signature.',
    example: 'https://example.org/pages',
  },
};

export const channelOrder: readonly ChannelKind[] = ['email', 'ntfy', 'webhook'];
