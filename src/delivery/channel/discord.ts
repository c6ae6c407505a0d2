import { createPublicKey, verify } from 'node:crypto';
import type { System } from '#platform/ctx.ts';
import { placeOf } from './place.ts';
import { answersTo } from './answers.ts';
import { askJson, type JsonAnswer } from './ask-json.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import type { Change, ChatVendor } from './chat-vendor.ts';
import { objectAt, textAt } from './json-at.ts';
import { plainMarkdown } from './plain-markdown.ts';

/** Discord's HTTP API (https://discord.com/developers/docs/reference): direct messages of a bot, with buttons. */
export const discord: ChatVendor<'discord'> = {
  async send(system, addressed, { credentials }) {
    const ask = askerOf(system, credentials.botToken, addressed.allowedTargets);
    const channel = placeOf(addressed.delivery) ?? (await directChannel(ask, addressed.delivery.address));
    if (typeof channel !== 'string') return channel;
    const { outcome, body } = await ask('POST', `channels/${channel}/messages`, {
      ...discordMessage(addressed),
      ...(addressed.message.urgency === 'low' ? { flags: WITHOUT_SOUND } : {}),
    });
    return outcome.ok ? { ok: true, providerId: `${channel}:${textAt(body, 'id')}` } : outcome;
  },
  async update(system, addressed, { credentials }, change) {
    const [channel, id] = (addressed.delivery.providerId ?? '').split(':');
    if (!channel || !id) return { ok: false, permanent: true, why: 'Discord gave this message no address.' };
    const ask = askerOf(system, credentials.botToken, addressed.allowedTargets);
    return (await ask('PATCH', `channels/${channel}/messages/${id}`, discordMessage(addressed, change))).outcome;
  },
  async check(system, _, { botToken, publicKey }, allowedTargets) {
    const { outcome, body } = await askerOf(system, botToken, allowedTargets)('GET', 'applications/@me');
    if (!outcome.ok) return { ok: false, why: outcome.why };
    if (textAt(body, 'verify_key').toLowerCase() !== publicKey.toLowerCase())
      return { ok: false, why: 'The public key is not the one of this application: copy it from General Information.' };
    const bot = textAt(objectAt(body, 'bot'), 'username');
    return { ok: true, account: 'Discord', bot: bot === '' ? textAt(body, 'name') : bot };
  },
};

/** The direct channel of the bot with a person; or why there is none. */
async function directChannel(ask: Asker, userId: string): Promise<string | SendOutcome> {
  const opened = await ask('POST', 'users/@me/channels', { recipient_id: userId });
  return opened.outcome.ok ? textAt(opened.body, 'id') : opened.outcome;
}

/** Message flag SUPPRESS_NOTIFICATIONS. */
const WITHOUT_SOUND = 1 << 12;

/** Discord's signature of a request: Ed25519 over its timestamp and raw body, in hex. */
export function isSignedByDiscord(publicKey: string, signature: string, timestamp: string, body: string): boolean {
  if (!/^[a-f0-9]{128}$/i.test(signature)) return false;
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(`${timestamp}${body}`), key, Buffer.from(signature, 'hex'));
}

const BUTTON = 2;
const PRIMARY = 1;
const SECONDARY = 2;
const LINK = 5;
const MAX_CONTENT = 2_000;
const MAX_DESCRIPTION = 4_096;
const MAX_URL = 512;

/** Nobody is mentioned, and nothing is markup: what an alert says is shown as it is. */
function discordMessage({ delivery, message }: Addressed, change?: Change) {
  const answerable = delivery.purpose === 'page' && (change === undefined || change.open);
  const buttons = [
    ...(answerable
      ? answersTo(message).map(({ answer, label }, index) => ({
          type: BUTTON,
          style: index === 0 ? PRIMARY : SECONDARY,
          label,
          custom_id: `${answer}:${delivery.id}`,
        }))
      : []),
    ...(message.url && message.url.length <= MAX_URL
      ? [{ type: BUTTON, style: LINK, label: 'Open', url: message.url }]
      : []),
  ];
  const texts = [message.text, ...(change ? [change.note] : [])];
  return {
    content: plainMarkdown(message.subject).slice(0, MAX_CONTENT),
    embeds: texts.map((text) => ({ description: plainMarkdown(text).slice(0, MAX_DESCRIPTION) })),
    components: buttons.length > 0 ? [{ type: 1, components: buttons }] : [],
    allowed_mentions: { parse: [] },
  };
}

type Asker = (method: string, path: string, json?: object) => Promise<JsonAnswer>;

/** Asks Discord with a bot's token. */
export function askerOf(system: System, botToken: string, allowedTargets: readonly string[]): Asker {
  return (method, path, json) =>
    askJson(system, {
      method,
      url: `${system.config.discordUrl}/${path}`,
      headers: { authorization: `Bot ${botToken}` },
      ...(json === undefined ? {} : { json }),
      allowedTargets,
      explain: ({ status }, body) => explain(status, body),
    });
}

/** Discord's own error codes; the rest goes by its status. */
const ADVICE: Readonly<Record<string, string>> = {
  '10003': 'Discord has no such channel (any more).',
  '50001': 'The bot may not write in this channel: give it View Channel and Send Messages there.',
  '50013': 'The bot may not write in this channel: give it View Channel and Send Messages there.',
  '10013': 'Nobody in Discord has this user id.',
  '50007':
    'Discord does not let the bot write to this person: they have to be in a server with it, and allow direct messages there.',
  '50278': 'Discord does not let the bot write to this person: they share no server.',
};

function explain(status: number, body: Readonly<Record<string, unknown>>): SendOutcome | null {
  if (status === 401)
    return {
      ok: false,
      permanent: true,
      why: 'The bot token is not valid (any more). An admin connects Discord again under Settings, Chat and apps.',
    };
  const advice = ADVICE[textAt(body, 'code')];
  if (advice !== undefined) return { ok: false, permanent: true, why: advice };
  if (status !== 429) return null;
  const seconds = Number(body['retry_after']);
  return {
    ok: false,
    permanent: false,
    why: 'Discord asks to wait.',
    retryAfterSeconds: Number.isFinite(seconds) ? Math.min(Math.ceil(seconds), 3_600) : undefined,
  };
}
