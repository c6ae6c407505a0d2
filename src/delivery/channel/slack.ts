import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { ChatSetting } from '../chat-setting/chat-setting.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { objectAt, textAt } from './json-at.ts';
import { answersTo } from './answers.ts';
import type { Change, ChatVendor } from './chat-vendor.ts';
import { askReceiver, isGood, refusedBy } from './http-outcome.ts';

/** Slack's Web API (https://docs.slack.dev/apis/web-api/): direct messages by a bot, with buttons. */
export const slack: ChatVendor<'slack'> = {
  async send(system, addressed, setting) {
    const ask = askerOf(system, setting.credentials.botToken, addressed.allowedTargets);
    const member = await memberIdOf(ask, addressed.delivery.address);
    if (typeof member !== 'string') return member.outcome;
    const { outcome, body } = await ask('chat.postMessage', { channel: member, ...slackMessage(addressed) });
    return outcome.ok ? { ok: true, providerId: messageKey(body) } : outcome;
  },
  async update(system, addressed, setting, change) {
    const [channel, ts] = (addressed.delivery.providerId ?? '').split(':');
    if (!channel || !ts) return { ok: false, permanent: true, why: 'Slack gave this message no address.' };
    const ask = askerOf(system, setting.credentials.botToken, addressed.allowedTargets);
    return (await ask('chat.update', { channel, ts, ...slackMessage(addressed, change) })).outcome;
  },
  async check(system, _, { botToken }, allowedTargets) {
    const { outcome, body } = await askerOf(system, botToken, allowedTargets)('auth.test', {});
    if (!outcome.ok) return { ok: false, why: outcome.why };
    return { ok: true, account: textOf(body['team'], 'Slack'), bot: textOf(body['user'], 'the bot') };
  },
};

type Answer = { readonly outcome: SendOutcome; readonly body: Readonly<Record<string, unknown>> };
/** Methods that read take their parameters in the query, methods that write as JSON. */
type Asker = (method: string, parameters?: object) => Promise<Answer>;

/** Asks Slack with a bot's token. */
export function askerOf(
  system: System,
  botToken: ChatSetting<'slack'>['credentials']['botToken'],
  allowedTargets: readonly string[],
): Asker {
  return async (method, parameters) => {
    let body: Readonly<Record<string, unknown>> = {};
    const url = `${system.config.slackUrl}/${method}`;
    const request = {
      ...(parameters === undefined ? {} : { method: 'POST', body: JSON.stringify(parameters) }),
      headers: {
        authorization: `Bearer ${botToken}`,
        ...(parameters === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      timeoutMs: SEND_TIMEOUT_MS,
      allowedTargets,
    };
    const outcome = await askReceiver(system, url, request, (response) => {
      if (!isGood(response)) return refusedBy(url, response);
      body = parse(response.body);
      return body['ok'] === true ? { ok: true, providerId: null } : refusalOf(textOf(body['error'], 'unknown_error'));
    });
    return { outcome, body };
  };
}

/** Slack's own troubles pass; anything else that it says in `error` will be the same next time. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

const ADVICE: Readonly<Record<string, string>> = {
  invalid_auth: 'The bot token is not valid (any more). An admin connects Slack again under Settings, Chat and apps.',
  token_revoked: 'The bot token was revoked. An admin connects Slack again under Settings, Chat and apps.',
  account_inactive: 'The bot was removed from Slack. An admin connects Slack again under Settings, Chat and apps.',
  missing_scope: 'The Slack app lacks a permission: it needs chat:write, im:write, users:read and users:read.email.',
  users_not_found: 'Nobody in Slack has this mail address.',
  user_not_found: 'Nobody in Slack has this member id.',
  channel_not_found: 'Slack has no such member or channel, or the bot may not see it.',
  not_in_channel: 'The bot is not in this channel: invite it there first.',
  is_archived: 'This channel is archived in Slack.',
};

function refusalOf(error: string): SendOutcome {
  return { ok: false, permanent: !PASSING.has(error), why: ADVICE[error] ?? `Slack answered: ${error}` };
}

/** A member id as it is; a mail address is looked up, so that a person need not know their id. */
export async function memberIdOf(ask: Asker, address: string): Promise<string | Answer> {
  if (!address.includes('@')) return address;
  const found = await ask(`users.lookupByEmail?email=${encodeURIComponent(address)}`);
  if (!found.outcome.ok) return found;
  const id = (found.body['user'] as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : { ...found, outcome: refusalOf('users_not_found') };
}

/** By which mail address Slack knows a member; nothing when it does not say. */
export async function slackNames(system: System, workspaceId: string, memberId: string): Promise<string[]> {
  const ctx = system.read({ actor: systemActor('slack'), workspaceId });
  const setting = await readChatSetting(ctx, 'slack');
  if (setting?.credentials.kind !== 'slack') return [];
  const ask = askerOf(system, setting.credentials.botToken, await readAllowedTargets(ctx));
  const { outcome, body } = await ask(`users.info?user=${encodeURIComponent(memberId)}`);
  const email = outcome.ok ? textAt(objectAt(objectAt(body, 'user'), 'profile'), 'email') : '';
  return email === '' ? [] : [email];
}

const MAX_HEADER = 150;
const MAX_SECTION = 3_000;

/** Plain text throughout: what an alert says must not ping a channel or pretend to be a link. */
function slackMessage({ delivery, message }: Addressed, change?: Change) {
  const answerable = delivery.purpose === 'page' && (change === undefined || change.open);
  const buttons = [
    ...(answerable
      ? answersTo(message).map(({ answer, label }, index) => ({
          type: 'button',
          action_id: answer,
          value: delivery.id,
          text: plain(label, 75),
          ...(index === 0 ? { style: 'primary' } : {}),
        }))
      : []),
    ...(message.url ? [{ type: 'button', action_id: 'open', url: message.url, text: plain('Open', 75) }] : []),
  ];
  return {
    text: escape(change ? `${message.subject}\n${change.note}` : message.subject),
    blocks: [
      { type: 'header', text: plain(message.subject, MAX_HEADER) },
      { type: 'section', text: plain(message.text, MAX_SECTION) },
      ...(change ? [{ type: 'section', text: plain(change.note, MAX_SECTION) }] : []),
      ...(buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : []),
    ],
    unfurl_links: false,
  };
}

/** What Slack reads as markup in a text: links, and mentions of everybody. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function plain(text: string, max: number) {
  return { type: 'plain_text', text: text.slice(0, max).toWellFormed(), emoji: false };
}

function messageKey(body: Readonly<Record<string, unknown>>): string | null {
  const { channel, ts } = body;
  return typeof channel === 'string' && typeof ts === 'string' ? `${channel}:${ts}` : null;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { ok: false, error: 'fatal_error' };
  }
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
