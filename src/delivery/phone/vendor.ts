import type { System } from '#platform/ctx.ts';
import type { SendOutcome } from '../channel/channel.ts';
import type { PhoneKind, PhoneProvider } from '../phone-setting/contract.ts';
import type { PhoneCredentials } from '../phone-setting/phone-setting.ts';

export type CredentialsOf<Provider extends PhoneProvider> = Extract<PhoneCredentials, { provider: Provider }>;

/** One message or call to one number, and where the provider tells what became of it. */
export type Outgoing = {
  readonly from: string;
  readonly to: string;
  readonly kind: PhoneKind;
  /** What an SMS says. A call asks for its words when somebody answers. */
  readonly text: string;
  readonly hooks: { readonly receipt: string; readonly answer: string };
  readonly allowedTargets: readonly string[];
};

/** What a provider says of itself when an account is tried, or why it does not work. */
export type PhoneAccount =
  | { readonly ok: true; readonly account: string }
  | { readonly ok: false; readonly why: string };

/** A request of a provider as its signature covers it. */
export type HookRequest = {
  /** As the provider knows it: below our public URL. */
  readonly url: string;
  readonly header: (name: string) => string;
  readonly body: string;
};

type JsonObject = Readonly<Record<string, unknown>>;

/** What became of a message or a call; `null` = nothing yet that matters. */
export type Receipt = {
  readonly providerId: string;
  readonly outcome: 'delivered' | 'undelivered' | null;
  readonly why: string;
  /** It was a machine that picked up; this may show after somebody seemed to. */
  readonly byMachine?: boolean;
};

/** An SMS that somebody sent to one of our numbers. */
export type Inbound = { readonly id: string; readonly from: string; readonly text: string };

/** Somebody, or a machine, took a call. */
type Pickup = { readonly callId: string; readonly byMachine: boolean };

/** What was pressed during a call; empty when nothing was. */
export type Pressed = { readonly callId: string; readonly digits: string };

/** What is said on the telephone, and where the digit goes that is pressed meanwhile. */
export type Script = { readonly lines: readonly string[]; readonly digitHook: string | null; readonly last: string };

/** One provider: how to send, how to know its requests, how to read them, how to speak. */
export type PhoneVendor<Provider extends PhoneProvider> = {
  readonly send: (system: System, outgoing: Outgoing, credentials: CredentialsOf<Provider>) => Promise<SendOutcome>;
  readonly check: (
    system: System,
    credentials: CredentialsOf<Provider>,
    allowedTargets: readonly string[],
  ) => Promise<PhoneAccount>;
  /** The request's parameters when its signature proves where it comes from; else null. */
  readonly prove: (request: HookRequest, credentials: CredentialsOf<Provider>, now: Date) => JsonObject | null;
  readonly readReceipt: (body: JsonObject, kind: PhoneKind) => Receipt | null;
  readonly readInbound: (body: JsonObject) => Inbound | null;
  readonly readPickup: (body: JsonObject) => Pickup | null;
  readonly readPressed: (body: JsonObject) => Pressed | null;
  /** What to answer where nothing is to be said. */
  readonly nothing: { readonly type: string; readonly body: string };
  readonly speak: (script: Script) => { readonly type: string; readonly body: string };
};
