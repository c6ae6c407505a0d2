import type { ChannelKind } from '#delivery';

/** News that asks nothing of anybody rings no telephone: whoever is called for a page reads what became of it in an SMS. */
export function quietly(kind: ChannelKind): ChannelKind {
  return kind === 'voice' ? 'sms' : kind;
}
