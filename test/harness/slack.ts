import { createHmac } from 'node:crypto';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type Block = {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string };
  readonly elements?: readonly SlackButton[];
};
type SlackButton = {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
  readonly url?: string;
  readonly text: { readonly text: string };
};

/** A message, direct or in a channel (`CTEAM01`), as its reader sees it now. */
type SlackMessage = {
  readonly to: string;
  readonly channel: string;
  readonly ts: string;
  text: string;
  words: string;
  buttons: readonly SlackButton[];
  changes: number;
};

export type SlackServer = {
  /** For ALLCLEAR_SLACK_URL. */
  readonly url: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly messages: SlackMessage[];
  readonly attempts: SinkRequest[];
  /** User groups by id, and who is in each. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Refuses to change user groups, as Slack does without the scope, or where only admins may; null = takes it again. */
  readonly refuseGroups: (error: string | null) => void;
  readonly setMood: (mood: Mood) => void;
  /** The bot is thrown out. */
  readonly revoke: () => void;
  /** What Slack sends when somebody presses a button, signed at an instant. */
  readonly press: (message: SlackMessage, label: string, at: Date, by?: string) => { body: string; headers: Headers };
  readonly close: () => Promise<void>;
};
type Headers = Readonly<Record<string, string>>;

/**
 * Stands in for Slack's Web API, written from its public contract: a bearer token, JSON for what writes, 200 with
 * `ok: false` and an error for refusals, 429 with Retry-After, and its limits on blocks.
 */
export async function createSlackServer(people: Readonly<Record<string, string>>): Promise<SlackServer> {
  const messages: SlackMessage[] = [];
  const botToken = 'xoxb-1-test-token';
  const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5'.replaceAll(/[^a-f0-9]/g, '0');
  let revoked = false;
  let groupError: string | null = null;
  const groups = new Map<string, readonly string[]>([['SONCALL', ['USOMEBODY']]]);
  const ids = new Set(Object.values(people));

  function answer(request: SinkRequest): object {
    if (request.headers.authorization !== `Bearer ${botToken}`) return { ok: false, error: 'invalid_auth' };
    if (revoked) return { ok: false, error: 'token_revoked' };
    const url = new URL(request.path, 'http://slack.test');
    if (url.pathname === '/api/auth.test') return { ok: true, team: 'Acme', user: 'allclear', user_id: 'UBOT' };
    if (url.pathname === '/api/users.lookupByEmail') {
      const id = people[url.searchParams.get('email') ?? ''];
      return id && request.method === 'GET' ? { ok: true, user: { id } } : { ok: false, error: 'users_not_found' };
    }
    if (url.pathname === '/api/usergroups.users.update') return groupAnswer(request);
    if (url.pathname === '/api/users.info') {
      const [email] = Object.entries(people).find(([, id]) => id === url.searchParams.get('user')) ?? [];
      return email ? { ok: true, user: { profile: { email } } } : { ok: false, error: 'user_not_found' };
    }
    const body = JSON.parse(request.body) as { channel: string; ts?: string; text: string; blocks: Block[] };
    const fault = faultOf(body.blocks);
    if (fault !== null) return { ok: false, error: 'invalid_blocks', response_metadata: { messages: [fault] } };
    if (url.pathname === '/api/chat.postMessage') {
      if (!ids.has(body.channel)) return { ok: false, error: 'channel_not_found' };
      const at = {
        to: body.channel,
        channel: body.channel.replace(/^U/, 'D'),
        ts: `1700000000.${messages.length + 1}`,
      };
      messages.push({ ...at, ...seen(body), changes: 0 });
      return { ok: true, channel: at.channel, ts: at.ts };
    }
    const known = messages.find(({ channel, ts }) => channel === body.channel && ts === body.ts);
    if (url.pathname !== '/api/chat.update' || !known) return { ok: false, error: 'message_not_found' };
    Object.assign(known, seen(body), { changes: known.changes + 1 });
    return { ok: true, channel: known.channel, ts: known.ts };
  }

  function groupAnswer({ method, body, headers }: SinkRequest): object {
    if (method !== 'POST' || !(headers['content-type'] ?? '').startsWith('application/json'))
      return { ok: false, error: 'invalid_form_data' };
    if (groupError !== null)
      return { ok: false, error: groupError, needed: 'usergroups:write', provided: 'chat:write' };
    const { usergroup, users } = JSON.parse(body) as { usergroup?: string; users?: string };
    if (!usergroup || !groups.has(usergroup)) return { ok: false, error: 'no_such_subteam' };
    const members = (users ?? '').split(',').filter((one) => one !== '');
    if (members.length === 0) return { ok: false, error: 'no_users_provided' };
    if (members.some((one) => !ids.has(one))) return { ok: false, error: 'invalid_users' };
    groups.set(usergroup, members);
    return { ok: true, usergroup: { id: usergroup, handle: 'oncall', name: 'On call', users: members } };
  }

  const server = await createSinkServer((request) => ({ status: 200, body: answer(request) }));
  return {
    url: `${server.origin}/api`,
    botToken,
    signingSecret,
    messages,
    attempts: server.attempts,
    groups,
    refuseGroups: (error) => void (groupError = error),
    setMood: server.setMood,
    revoke: () => void (revoked = true),
    press: (message, label, at, by = message.to) => signed(signingSecret, at, payloadOf(message, label, by)),
    close: server.close,
  };
}

function seen({ text, blocks }: { text: string; blocks: readonly Block[] }) {
  return {
    text,
    words: blocks.map((block) => block.text?.text ?? '').join('\n'),
    buttons: blocks.flatMap(({ elements }) => elements ?? []),
  };
}

function faultOf(blocks: readonly Block[]): string | null {
  if (blocks.length > 50) return 'no more than 50 items allowed';
  for (const { type, text, elements } of blocks) {
    const limit = type === 'header' ? 150 : 3_000;
    if (text && (text.text.length === 0 || text.text.length > limit))
      return `text of ${type} must be 1 to ${limit} long`;
    if (type === 'header' && text?.type !== 'plain_text') return 'a header is plain_text';
    if (
      elements &&
      (elements.length > 25 || new Set(elements.map(({ action_id }) => action_id)).size < elements.length)
    )
      return 'action_id must be unique';
  }
  return null;
}

function payloadOf(message: SlackMessage, label: string, by: string): object {
  const button = message.buttons.find(({ text }) => text.text === label);
  if (!button) throw new Error(`no button ${label}`);
  const { channel: channel_id, ts: message_ts } = message;
  return {
    type: 'block_actions',
    user: { id: by, username: 'somebody' },
    team: { id: 'T1', domain: 'acme' },
    container: { type: 'message', message_ts, channel_id, is_ephemeral: false },
    channel: { id: channel_id, name: 'directmessage' },
    response_url: 'https://hooks.slack.com/actions/T1/1/x',
    actions: [{ type: 'button', action_id: button.action_id, value: button.value, block_id: 'b', action_ts: '1.2' }],
  };
}

function signed(secret: string, at: Date, payload: object) {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-signature': signature,
    'x-slack-request-timestamp': timestamp,
  };
  return { body, headers };
}
