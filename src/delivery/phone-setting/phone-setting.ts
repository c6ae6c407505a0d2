import type { ChannelKind } from '../delivery/contract.ts';
import { type PhoneKind, type PhoneProvider, phoneKind } from './contract.ts';

/** What each provider takes to be asked, and to know its requests. */
export type PhoneCredentials =
  | { readonly provider: 'twilio'; readonly accountSid: string; readonly authToken: string }
  | {
      readonly provider: 'vonage';
      readonly applicationId: string;
      readonly privateKey: string;
      readonly signatureSecret: string;
    };

/** A connected provider, with its opened secrets. */
export type PhoneSetting = {
  readonly provider: PhoneProvider;
  readonly credentials: PhoneCredentials;
  readonly smsNumbers: readonly string[];
  readonly voiceNumbers: readonly string[];
};

export const PROVIDER_NAMES: Readonly<Record<PhoneProvider, string>> = { twilio: 'Twilio', vonage: 'Vonage' };

export function isPhoneKind(kind: ChannelKind): kind is PhoneKind {
  return phoneKind.safeParse(kind).success;
}

/** Our numbers for a kind of message. */
export function numbersOf(setting: Pick<PhoneSetting, 'smsNumbers' | 'voiceNumbers'>, kind: PhoneKind) {
  return kind === 'sms' ? setting.smsNumbers : setting.voiceNumbers;
}

/** Why nothing goes out by SMS or call while no provider has a number for it. */
export function noProvider(kind: PhoneKind): string {
  const what = kind === 'sms' ? 'SMS' : 'calls';
  return `No provider for ${what} is connected: an admin does that under Settings, SMS and calls.`;
}

/** Why a provider could not tell us of receipts, replies and digits; null when it can, as far as we can see from here. */
export function unreachableUrl(publicUrl: string): string | null {
  const { hostname } = new URL(publicUrl);
  const inside = !hostname.includes('.') || /^(127|10|192\.168|169\.254)\.|\.(local|internal|lan)$/.test(hostname);
  if (!inside && !hostname.startsWith('[')) return null;
  return `${publicUrl} is not an address that providers can reach, so receipts, replies and digits cannot arrive, and calls are not answered. Set ALLCLEAR_PUBLIC_URL to one that is reachable from the internet.`;
}
