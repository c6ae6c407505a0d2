import { createHmac } from 'node:crypto';
import type { System } from '#platform/ctx.ts';
import { sameText } from '#platform/secrets.ts';
import { askJson, type JsonAnswer } from '../channel/ask-json.ts';
import type { SendOutcome } from '../channel/channel.ts';
import { textAt } from '../channel/json-at.ts';
import { RING_SECONDS } from './ring.ts';
import type { CredentialsOf, Outgoing, PhoneVendor, Receipt, Script } from './vendor.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Twilio's REST API of 2010-04-01 (https://www.twilio.com/docs/messaging/api, …/voice/api), its requests signed with
 * HMAC-SHA-1 over URL and parameters (…/usage/security), and TwiML.
 */
export const twilio: PhoneVendor<'twilio'> = {
  async send(system, outgoing, credentials) {
    const { path, form } = outgoing.kind === 'sms' ? message(outgoing) : call(outgoing);
    const { outcome, body } = await ask(system, credentials, path, outgoing.allowedTargets, form);
    return outcome.ok ? { ok: true, providerId: textAt(body, 'sid').slice(0, 100) || null } : outcome;
  },
  async check(system, credentials, allowedTargets) {
    const { outcome, body } = await ask(system, credentials, '.json', allowedTargets);
    if (!outcome.ok) return { ok: false, why: outcome.why };
    const status = textAt(body, 'status');
    if (status !== 'active') return { ok: false, why: `The account is ${status || 'not active'}.` };
    return { ok: true, account: textAt(body, 'friendly_name') || credentials.accountSid };
  },
  prove({ url, header, body }, { authToken }) {
    const parameters = [...new URLSearchParams(body)];
    const sorted = parameters.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const covered = url + sorted.map(([name, value]) => `${name}${value}`).join('');
    const signature = createHmac('sha1', authToken).update(covered).digest('base64');
    return sameText(header('x-twilio-signature'), signature) ? Object.fromEntries(parameters) : null;
  },
  readReceipt: (body, kind) => (kind === 'sms' ? messageReceipt(body) : callReceipt(body)),
  readInbound(body) {
    const [id, from] = [textAt(body, 'MessageSid'), textAt(body, 'From')];
    return id && from ? { id, from, text: textAt(body, 'Body') } : null;
  },
  readPickup(body) {
    const callId = textAt(body, 'CallSid');
    return callId ? { callId, byMachine: /^(machine|fax)/.test(textAt(body, 'AnsweredBy')) } : null;
  },
  readPressed(body) {
    const callId = textAt(body, 'CallSid');
    return callId ? { callId, digits: textAt(body, 'Digits') } : null;
  },
  nothing: { type: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
  speak: (script) => ({ type: 'text/xml', body: twiml(script) }),
};

function message({ to, from, text, hooks }: Outgoing) {
  return { path: '/Messages.json', form: { To: to, From: from, Body: text, StatusCallback: hooks.receipt } };
}

/** The provider looks whether a machine answers, for as long as leaves room to go on within half a minute. */
function call({ to, from, hooks }: Outgoing) {
  const form = {
    To: to,
    From: from,
    Url: hooks.answer,
    Timeout: String(RING_SECONDS),
    MachineDetection: 'Enable',
    MachineDetectionTimeout: '5',
    StatusCallback: hooks.receipt,
    StatusCallbackEvent: 'completed',
  };
  return { path: '/Calls.json', form };
}

async function ask(
  system: System,
  { accountSid, authToken }: CredentialsOf<'twilio'>,
  path: string,
  allowedTargets: readonly string[],
  form?: Readonly<Record<string, string>>,
): Promise<JsonAnswer> {
  return askJson(system, {
    url: `${system.config.twilioUrl}/2010-04-01/Accounts/${accountSid}${path}`,
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    ...(form === undefined ? {} : { form }),
    allowedTargets,
    explain: ({ status }, body) => explain(status, body),
  });
}

/** The receiver's number said STOP to this sender. */
const OPTED_OUT = '21610';

const ADVICE: Readonly<Record<string, string>> = {
  '20003': 'Twilio does not accept the account SID with this auth token.',
  '21211': 'Twilio says that there is no such number.',
  '21212': 'Twilio says that our number is not valid.',
  '21408': 'The Twilio account may not send to this country: allow it under Geo permissions.',
  '21606': 'Our number cannot send SMS, or is not in this Twilio account.',
  '21609': 'Twilio cannot reach Allclear: ALLCLEAR_PUBLIC_URL must be reachable from the internet.',
  '21610': 'This number said STOP.',
  '21614': 'Twilio says that this number is not a mobile one.',
};

function explain(status: number, body: JsonObject): SendOutcome | null {
  const code = textAt(body, 'code');
  if (status === 401) return { ok: false, permanent: true, why: ADVICE['20003'] ?? '' };
  if (code === '' || status < 400 || status >= 500 || status === 429) return null;
  const why = ADVICE[code] ?? `Twilio answered: ${textAt(body, 'message').slice(0, 200)} (${code})`;
  return { ok: false, permanent: true, why, ...(code === OPTED_OUT ? { stopped: true } : {}) };
}

/** Why a carrier did not hand a message over (https://www.twilio.com/docs/api/errors). */
const UNDELIVERED: Readonly<Record<string, string>> = {
  '30003': 'the phone is off or out of reach',
  '30004': 'the carrier blocks the message',
  '30005': 'there is no such number',
  '30006': 'the number is a landline or its carrier cannot be reached',
  '30007': 'the carrier took it for spam',
  '30008': 'the carrier gave no reason',
};

function messageReceipt(body: JsonObject): Receipt | null {
  const [providerId, status] = [textAt(body, 'MessageSid'), textAt(body, 'MessageStatus')];
  if (!providerId || !status) return null;
  if (status === 'delivered' || status === 'read') return { providerId, outcome: 'delivered', why: '' };
  if (status !== 'undelivered' && status !== 'failed') return { providerId, outcome: null, why: '' };
  const code = textAt(body, 'ErrorCode');
  const reason = UNDELIVERED[code] ?? 'the carrier did not hand it over';
  return { providerId, outcome: 'undelivered', why: `Twilio: ${reason}${code ? ` (${code})` : ''}.` };
}

const UNANSWERED: Readonly<Record<string, string>> = {
  busy: 'the line is busy',
  'no-answer': 'nobody answered',
  failed: 'the call could not be connected',
  canceled: 'the call was cancelled',
};

/** That somebody answered shows in the request for what to say, not here. */
function callReceipt(body: JsonObject): Receipt | null {
  const [providerId, status] = [textAt(body, 'CallSid'), textAt(body, 'CallStatus')];
  if (!providerId || !status) return null;
  const reason = UNANSWERED[status];
  return { providerId, outcome: reason ? 'undelivered' : null, why: reason ? `Twilio: ${reason}.` : '' };
}

/** What somebody hears, in TwiML; a digit ends the reading at once. */
function twiml({ lines, digitHook, last }: Script): string {
  const say = (text: string) => `<Say>${escape(text)}</Say>`;
  const pause = '<Pause length="1"/>';
  const reading = lines.map(say).join(pause);
  const asked =
    digitHook === null
      ? reading
      : `<Gather input="dtmf" numDigits="1" timeout="8" action="${escape(digitHook)}" method="POST">${reading}</Gather>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${asked}${last === '' ? '' : say(last)}<Hangup/></Response>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '').replace(/[^\P{Cc}\n]/gu, ' ');
}
