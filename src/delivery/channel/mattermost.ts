import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import type { Secrets } from '#platform/secrets.ts';
import type { ChatCredentials } from '../chat-setting/chat-setting.ts';
import { readChatSetting } from '../chat-setting/read-chat-settings.ts';
import { placeOf } from './place.ts';
import type { Answer } from '../delivery/events.ts';
import { answersTo } from './answers.ts';
import { askJson, type JsonAnswer } from './ask-json.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import type { Change, ChatVendor } from './chat-vendor.ts';
import { textAt } from './json-at.ts';
import { plainMarkdown as withoutMarkup } from './plain-markdown.ts';

/** Mattermost's API v4 (https://developers.mattermost.com/api-documentation/): direct messages of a bot, with buttons. */
export const mattermost: ChatVendor<'mattermost'> = {
  async send(system, addressed, { credentials }) {
    const ask = askerOf(system, credentials, addressed.allowedTargets);
    const channel = placeOf(addressed.delivery) ?? (await directChannel(ask, addressed.delivery.address));
    if (typeof channel !== 'string') return channel;
    const { outcome, body } = await ask('POST', 'posts', {
      channel_id: channel,
      ...mattermostMessage(system, addressed),
    });
    return outcome.ok ? { ok: true, providerId: `${channel}:${textAt(body, 'id')}` } : outcome;
  },
  async update(system, addressed, { credentials }, change) {
    const [, post] = (addressed.delivery.providerId ?? '').split(':');
    if (!post) return { ok: false, permanent: true, why: 'Mattermost gave this message no address.' };
    const ask = askerOf(system, credentials, addressed.allowedTargets);
    return (await ask('PUT', `posts/${post}/patch`, mattermostMessage(system, addressed, change))).outcome;
  },
  async check(system, _, credentials, allowedTargets) {
    const { outcome, body } = await askerOf(system, credentials, allowedTargets)('GET', 'users/me');
    if (!outcome.ok) return { ok: false, why: outcome.why };
    return { ok: true, account: new URL(credentials.url).host, bot: textAt(body, 'username') };
  },
};

/** The direct channel of the bot with a person, who is known by user name or mail address; or why there is none. */
async function directChannel(ask: Asker, address: string): Promise<string | SendOutcome> {
  const person = await mattermostUserId(ask, address);
  if (typeof person !== 'string') return person.outcome;
  const me = await ask('GET', 'users/me');
  if (!me.outcome.ok) return me.outcome;
  const opened = await ask('POST', 'channels/direct', [textAt(me.body, 'id'), person]);
  return opened.outcome.ok ? textAt(opened.body, 'id') : opened.outcome;
}

/** The id of a person, who is known by user name or mail address; or what Mattermost said instead. */
export async function mattermostUserId(ask: Asker, address: string): Promise<string | JsonAnswer> {
  const by = address.includes('@') ? 'email' : 'username';
  const person = await ask('GET', `users/${by}/${encodeURIComponent(address)}`);
  return person.outcome.ok ? textAt(person.body, 'id') : person;
}

/** By which name and mail address Mattermost knows a person; nothing when it does not say. */
export async function mattermostNames(system: System, workspaceId: string, userId: string): Promise<string[]> {
  const ctx = system.read({ actor: systemActor('mattermost'), workspaceId });
  const setting = await readChatSetting(ctx, 'mattermost');
  if (setting?.credentials.kind !== 'mattermost' || !/^[a-z0-9]{26}$/.test(userId)) return [];
  const ask = askerOf(system, setting.credentials, await readAllowedTargets(ctx));
  const { outcome, body } = await ask('GET', `users/${userId}`);
  return outcome.ok ? [textAt(body, 'username'), textAt(body, 'email')] : [];
}

/** What a button of one message carries. Mattermost signs nothing, so the token is what proves a press. */
export type PressClaim = {
  readonly deliveryId: string;
  readonly answer: Answer;
  /** When the button was made (ms), and what nobody guesses; new each time that the message is shown. */
  readonly round: string;
};

export function pressToken(secrets: Secrets, workspaceId: string, { deliveryId, answer, round }: PressClaim): string {
  return secrets.sign('mattermost-press', [workspaceId, deliveryId, answer, round].join(':'));
}

const MAX_TEXT = 8_000;

/** Mattermost keeps a button's `integration` to itself: readers of the message do not see it. */
function mattermostMessage(system: System, { delivery, message }: Addressed, change?: Change) {
  const answerable = delivery.purpose === 'page' && (change === undefined || change.open);
  const round = newSecret(String(system.clock.now().getTime()));
  const actions = answersTo(message).map(({ answer, label }, index) => {
    const claim = { deliveryId: delivery.id, answer, round };
    return {
      // Only letters and digits work here.
      id: answer.replaceAll('-', ''),
      type: 'button',
      name: label,
      ...(index === 0 ? { style: 'primary' } : {}),
      integration: {
        url: `${system.config.publicUrl}/hooks/mattermost/${delivery.workspaceId}`,
        context: { ...claim, token: pressToken(system.secrets, delivery.workspaceId, claim) },
      },
    };
  });
  const subject = plainMarkdown(message.subject);
  const lines = [
    plainMarkdown(message.text.slice(0, MAX_TEXT)),
    ...(message.url ? [`[Open](${message.url})`] : []),
    ...(change ? [`**${plainMarkdown(change.note)}**`] : []),
  ];
  return {
    message: subject,
    props: {
      attachments: [{ fallback: subject, text: lines.join('\n\n'), ...(answerable ? { actions } : {}) }],
    },
  };
}

type Asker = (method: string, path: string, json?: unknown) => Promise<JsonAnswer>;

/** Asks Mattermost with a bot's token. */
export function askerOf(
  system: System,
  { url, botToken }: ChatCredentials<'mattermost'>,
  allowedTargets: readonly string[],
): Asker {
  return (method, path, json) =>
    askJson(system, {
      method,
      url: `${url.replace(/\/+$/, '')}/api/v4/${path}`,
      headers: { authorization: `Bearer ${botToken}` },
      ...(json === undefined ? {} : { json }),
      allowedTargets,
      explain: ({ status }, body) => explain(status, textAt(body, 'id')),
    });
}

function explain(status: number, error: string): SendOutcome | null {
  if (status === 401)
    return {
      ok: false,
      permanent: true,
      why: 'The access token is not valid (any more). An admin connects Mattermost again under Settings, Chat and apps.',
    };
  if (error === 'api.post.create_post.can_not_post_to_deleted.error')
    return { ok: false, permanent: true, gone: true, why: 'This channel is archived in Mattermost.' };
  if (status === 403)
    return { ok: false, permanent: true, why: 'The bot is not in this channel of Mattermost: add it there first.' };
  if (status === 404 && /user/.test(error))
    return { ok: false, permanent: true, why: 'Nobody in Mattermost has this user name or mail address.' };
  return null;
}

/** Text as it is, in which an alert can call nobody: what follows an @ is a name only when it follows at once. */
function plainMarkdown(text: string): string {
  return withoutMarkup(text).replaceAll('@', '@\u200b');
}
