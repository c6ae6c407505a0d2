import { randomUUID } from 'node:crypto';
import type { System } from '#platform/ctx.ts';
import { askJson, type JsonAnswer } from '../channel/ask-json.ts';
import type { SendOutcome } from '../channel/channel.ts';
import { objectAt, textAt } from '../channel/json-at.ts';
import { bodyDigest, readToken, signToken } from './jwt.ts';
import { RING_SECONDS } from './ring.ts';
import type { CredentialsOf, Outgoing, PhoneVendor, Receipt, Script } from './vendor.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const TOKEN_SECONDS = 300;
const WINDOW_SECONDS = 300;

/**
 * Vonage's Messages API v1 and Voice API v1 (https://developer.vonage.com/en/api/messages, …/voice): an application's own
 * token on the way out, webhooks signed with a token in `Authorization` that names the digest of their body.
 */
export const vonage: PhoneVendor<'vonage'> = {
  async send(system, outgoing, credentials) {
    const { path, json, idName } = outgoing.kind === 'sms' ? message(outgoing) : call(outgoing);
    const { outcome, body } = await ask(system, credentials, path, outgoing.allowedTargets, json);
    return outcome.ok ? { ok: true, providerId: textAt(body, idName).slice(0, 100) || null } : outcome;
  },
  /** No request names the account; one that only lists tells whether the application and its key belong together. */
  async check(system, credentials, allowedTargets) {
    const { outcome } = await ask(system, credentials, '/v1/calls?page_size=1', allowedTargets);
    return outcome.ok
      ? { ok: true, account: `application ${credentials.applicationId}` }
      : { ok: false, why: outcome.why };
  },
  prove({ header, body }, { signatureSecret }, now) {
    const claims = readToken(header('authorization').replace(/^Bearer /i, ''), signatureSecret);
    const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(claims?.['iat']));
    if (!claims || !(ageSeconds <= WINDOW_SECONDS) || claims['payload_hash'] !== bodyDigest(body)) return null;
    return parse(body);
  },
  readReceipt: (body, kind) => (kind === 'sms' ? messageReceipt(body) : callReceipt(body)),
  readInbound(body) {
    const [id, from] = [textAt(body, 'message_uuid'), textAt(body, 'from')];
    return id && from ? { id, from: withPlus(from), text: textAt(body, 'text') } : null;
  },
  /** A machine shows later, among the call's events. */
  readPickup(body) {
    const callId = textAt(body, 'uuid');
    return callId ? { callId, byMachine: false } : null;
  },
  readPressed(body) {
    const callId = textAt(body, 'uuid');
    return callId ? { callId, digits: textAt(objectAt(body, 'dtmf'), 'digits') } : null;
  },
  nothing: { type: 'application/json', body: '[]' },
  speak: (script) => ({ type: 'application/json', body: JSON.stringify(actionsOf(script)) }),
};

const withoutPlus = (number: string) => number.replace(/^\+/, '');
const withPlus = (number: string) => (number.startsWith('+') ? number : `+${number}`);

function message({ to, from, text, hooks }: Outgoing) {
  const json = {
    message_type: 'text',
    channel: 'sms',
    to: withoutPlus(to),
    from: withoutPlus(from),
    text,
    sms: { encoding_type: 'auto' },
    webhook_url: hooks.receipt,
    webhook_version: 'v1',
  };
  return { path: '/v1/messages', json, idName: 'message_uuid' };
}

function call({ to, from, hooks }: Outgoing) {
  const json = {
    to: [{ type: 'phone', number: withoutPlus(to) }],
    from: { type: 'phone', number: withoutPlus(from) },
    answer_url: [hooks.answer],
    answer_method: 'POST',
    event_url: [hooks.receipt],
    event_method: 'POST',
    ringing_timer: RING_SECONDS,
    machine_detection: 'continue',
  };
  return { path: '/v1/calls', json, idName: 'uuid' };
}

async function ask(
  system: System,
  { applicationId, privateKey }: CredentialsOf<'vonage'>,
  path: string,
  allowedTargets: readonly string[],
  json?: object,
): Promise<JsonAnswer> {
  const issued = Math.floor(system.clock.now().getTime() / 1_000);
  let token: string;
  try {
    const claims = { application_id: applicationId, iat: issued, exp: issued + TOKEN_SECONDS, jti: randomUUID() };
    token = signToken(claims, privateKey);
  } catch {
    return { outcome: { ok: false, permanent: true, why: 'The private key cannot be read.' }, body: {} };
  }
  return askJson(system, {
    url: `${system.config.vonageUrl}${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(json === undefined ? {} : { json }),
    allowedTargets,
    explain: ({ status }, body) => explain(status, body),
  });
}

function explain(status: number, body: JsonObject): SendOutcome | null {
  if (status === 401)
    return { ok: false, permanent: true, why: 'Vonage does not accept the application id with this private key.' };
  if (status === 402) return { ok: false, permanent: true, why: 'The balance of the Vonage account is used up.' };
  const said = [textAt(body, 'title'), textAt(body, 'detail')].filter((text) => text !== '').join(': ');
  if (said === '' || status < 400 || status >= 500 || status === 429) return null;
  return { ok: false, permanent: true, why: `Vonage answered: ${said.slice(0, 200)}` };
}

function messageReceipt(body: JsonObject): Receipt | null {
  const [providerId, status] = [textAt(body, 'message_uuid'), textAt(body, 'status')];
  if (!providerId || !status) return null;
  if (status === 'delivered' || status === 'read') return { providerId, outcome: 'delivered', why: '' };
  if (status !== 'rejected' && status !== 'undeliverable') return { providerId, outcome: null, why: '' };
  const error = objectAt(body, 'error');
  const reason = textAt(error, 'detail') || textAt(error, 'title') || 'the carrier did not hand it over';
  return { providerId, outcome: 'undelivered', why: `Vonage: ${reason.slice(0, 200)}` };
}

const UNANSWERED: Readonly<Record<string, string>> = {
  busy: 'the line is busy',
  unanswered: 'nobody answered',
  timeout: 'nobody answered',
  rejected: 'the call was rejected',
  failed: 'the call could not be connected',
  cancelled: 'the call was cancelled',
  machine: 'a machine answered',
};

function callReceipt(body: JsonObject): Receipt | null {
  const [providerId, status] = [textAt(body, 'uuid'), textAt(body, 'status')];
  if (!providerId || !status) return null;
  const reason = UNANSWERED[status];
  const outcome = reason ? 'undelivered' : null;
  return { providerId, outcome, why: reason ? `Vonage: ${reason}.` : '', byMachine: status === 'machine' };
}

const MAX_TALK = 1_500;

/** What somebody hears, as call control actions; a digit ends the reading at once. */
function actionsOf({ lines, digitHook, last }: Script): object[] {
  const talk = (text: string, bargeIn: boolean) => ({ action: 'talk', text, bargeIn });
  if (lines.length === 0) return last === '' ? [] : [talk(last, false)];
  const reading = talk(lines.join(' ').slice(0, MAX_TALK), digitHook !== null);
  if (digitHook === null) return last === '' ? [reading] : [reading, talk(last, false)];
  const input = {
    action: 'input',
    type: ['dtmf'],
    dtmf: { maxDigits: 1, timeOut: 8 },
    eventUrl: [digitHook],
    eventMethod: 'POST',
  };
  return [reading, input];
}

function parse(body: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
