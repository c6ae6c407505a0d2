import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { instant, line } from '#kernel/schema.ts';
import { readNumber } from '../phone/number.ts';

/** Who carries SMS and calls for us. */
export const phoneProvider = z.enum(['twilio', 'vonage']);
export type PhoneProvider = z.output<typeof phoneProvider>;

/** What a provider can be used for. */
export const phoneKind = z.enum(['sms', 'voice']);
export type PhoneKind = z.output<typeof phoneKind>;

const number = line(40).transform((typed, ctx) => {
  const read = readNumber(typed);
  if (read.ok) return read.number;
  ctx.addIssue({ code: 'custom', message: read.why });
  return z.NEVER;
});
const numbers = z.array(number).max(20);

/** Absent = keep the stored one. Stored sealed, never shown again. */
const secret = (pattern: RegExp, expected: string) => z.string().trim().max(8_192).regex(pattern, expected).optional();

const ours = { smsNumbers: numbers, voiceNumbers: numbers };

const twilio = z.object({
  provider: z.literal('twilio'),
  accountSid: line(64).regex(/^AC[a-f0-9]{32}$/i, 'expected an account SID: AC and 32 of 0-9 a-f'),
  authToken: secret(/^[a-f0-9]{32}$/i, 'expected the auth token: 32 of 0-9 a-f'),
  ...ours,
});

const vonage = z.object({
  provider: z.literal('vonage'),
  applicationId: line(64).regex(
    /^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$/i,
    'expected an application id such as 78d335fa-323d-0114-9c3d-d6f0d48968cf',
  ),
  privateKey: secret(/^-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END/, 'expected a private key in PEM form'),
  signatureSecret: secret(/^\S{8,256}$/, 'expected the signature secret: 8 to 256 characters'),
  ...ours,
});

export const phoneSettingsInput = z.discriminatedUnion('provider', [twilio, vonage]);
export type PhoneSettingsInput = z.output<typeof phoneSettingsInput>;

export const phoneSettings = z.object({
  provider: phoneProvider,
  configured: z.boolean(),
  /** From 1: in this order they are tried. Null while it is not connected. */
  position: z.number().int().nullable(),
  /** The account's SID or the application's id; no secret. */
  accountId: z.string().nullable(),
  /** What the provider calls the account. */
  account: z.string().nullable(),
  smsNumbers: z.array(z.string()),
  voiceNumbers: z.array(z.string()),
  /** Where the provider has to send messages that come in. */
  inboundUrl: z.string(),
  changedAt: instant.nullable(),
  /** The newest try that failed, if none has succeeded since. */
  lastFailure: z.object({ at: instant, why: z.string() }).nullable(),
});
export type PhoneSettingsView = z.output<typeof phoneSettings>;

const allSettings = z.object({
  /** In the order in which they are tried, those that are not connected last. */
  items: z.array(phoneSettings),
  /** Why receipts and replies cannot arrive (the public URL is not reachable from outside); null when they can. */
  problem: z.string().nullable(),
});
export type AllPhoneSettings = z.output<typeof allSettings>;

const tag = 'Phone settings';
const permission = 'workspace.manage';
const params = z.object({ provider: phoneProvider });

export const listPhoneSettings = defineRoute({
  method: 'get',
  path: '/phone-settings',
  permission,
  tag,
  summary: 'List the providers of SMS and calls in their order, and how each is connected',
  response: allSettings,
});

export const savePhoneSettings = defineRoute({
  method: 'put',
  path: '/phone-settings',
  permission,
  tag,
  summary: 'Connect a provider; its account is tried first and refused with what the provider says',
  body: phoneSettingsInput,
  response: phoneSettings,
});

export const removePhoneSettings = defineRoute({
  method: 'delete',
  path: '/phone-settings/{provider}',
  permission,
  tag,
  summary: 'Disconnect a provider; messages go by the others from then on',
  params,
});

export const orderPhoneSettings = defineRoute({
  method: 'post',
  path: '/phone-settings/order',
  permission,
  tag,
  summary: 'Set the order in which connected providers are tried; those left out come last',
  body: z.object({ providers: z.array(phoneProvider).min(1).max(phoneProvider.options.length) }),
  response: allSettings,
});

export const testPhoneSettings = defineRoute({
  method: 'post',
  path: '/phone-settings/{provider}/test',
  permission,
  tag,
  summary: 'Try a provider now: without a number its account, with one an SMS or a call there by this provider alone',
  params,
  body: z.object({ to: number.optional(), kind: phoneKind.default('sms') }).optional(),
  response: z.object({
    ok: z.boolean(),
    /** One sentence: what worked, or what the provider answered. */
    message: z.string(),
  }),
});

/** The numbers that messages and calls come from, for the address book of a telephone. */
export const readPhoneNumbers = defineRoute({
  method: 'get',
  path: '/phone-numbers',
  permission: 'workspace.read',
  tag,
  summary: 'Read the numbers that pages come from, and a card with them for the address book of a telephone',
  response: z.object({
    numbers: z.array(z.string()),
    /** vCard 3.0; its reader allows the contact to break through Do Not Disturb. */
    vcard: z.string(),
  }),
});
