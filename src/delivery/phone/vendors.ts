import type { System } from '#platform/ctx.ts';
import type { SendOutcome } from '../channel/channel.ts';
import type { PhoneProvider } from '../phone-setting/contract.ts';
import type { PhoneCredentials } from '../phone-setting/phone-setting.ts';
import { twilio } from './twilio.ts';
import type { HookRequest, Outgoing, PhoneAccount, PhoneVendor } from './vendor.ts';
import { vonage } from './vonage.ts';

const VENDORS: { readonly [Provider in PhoneProvider]: PhoneVendor<Provider> } = { twilio, vonage };

/** Provider and credentials belong together by construction: both come from one setting. */
export function vendorOf(provider: PhoneProvider): PhoneVendor<PhoneProvider> {
  return VENDORS[provider] as PhoneVendor<PhoneProvider>;
}

export async function sendByProvider(
  system: System,
  outgoing: Outgoing,
  credentials: PhoneCredentials,
): Promise<SendOutcome> {
  return vendorOf(credentials.provider).send(system, outgoing, credentials);
}

export async function checkProvider(
  system: System,
  credentials: PhoneCredentials,
  allowedTargets: readonly string[],
): Promise<PhoneAccount> {
  return vendorOf(credentials.provider).check(system, credentials, allowedTargets);
}

export function proveRequest(request: HookRequest, credentials: PhoneCredentials, now: Date) {
  return vendorOf(credentials.provider).prove(request, credentials, now);
}
