import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type Action = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly integration: { readonly url: string; readonly context: Readonly<Record<string, string>> };
};
type Post = {
  readonly channel_id?: string;
  readonly message: string;
  readonly props: { readonly attachments: readonly { readonly text: string; readonly actions?: readonly Action[] }[] };
};

/** A message, direct or in a channel, as its reader sees it now; what its buttons carry, readers do not see. */
type MattermostMessage = {
  readonly to: string;
  readonly channel: string;
  readonly id: string;
  words: string;
  buttons: readonly Action[];
  changes: number;
};

type Press = { readonly path: string; readonly body: string };

export type MattermostServer = {
  readonly url: string;
  readonly botToken: string;
  readonly messages: MattermostMessage[];
  readonly attempts: SinkRequest[];
  /** Custom groups by what mentions them, and the user names of those in each. */
  readonly groups: ReadonlyMap<string, Set<string>>;
  /** Refuses what changes members: without a licence, where custom groups are off, or to a role that may not. */
  readonly refuseGroups: (error: string | null, status?: number) => void;
  readonly setMood: (mood: Mood) => void;
  /** The bot is disabled. */
  readonly revoke: () => void;
  /** A channel that the bot is in is archived; one that is not named is not its. */
  readonly archive: (channel: string) => void;
  /** What Mattermost sends when somebody presses a button; `by` is a user name. */
  readonly press: (message: MattermostMessage, label: string, by?: string) => Press;
  readonly close: () => Promise<void>;
};

/**
 * Stands in for Mattermost's API v4, written from its public contract: bearer tokens, people by name or mail address,
 * direct channels of two, posts whose attachments have actions, errors with an id, unsigned requests for presses, and
 * custom groups whose members are added and taken out by lists of ids.
 * `people` are mail addresses by user name, `channels` the ids of those that the bot is in.
 */
export async function createMattermostServer(
  people: Readonly<Record<string, string>>,
  channels: readonly string[] = [],
): Promise<MattermostServer> {
  const botToken = 'xr3j5x3p4pfk7kk6ck7b4e6ghh';
  const messages: MattermostMessage[] = [];
  const archived = new Set<string>();
  let revoked = false;
  let triggers = 0;
  let groupRefusal: { readonly error: string; readonly status: number } | null = null;
  const groups = new Map<string, Set<string>>([
    ['oncall', new Set(['somebody'])],
    ['oncall-web', new Set()],
  ]);
  const refuse = (status: number, id: string, message: string) => ({
    status,
    body: { id, message, detailed_error: '', request_id: 'r', status_code: status },
  });
  const ok = (body: object, status = 200) => ({ status, body });

  function answer(request: SinkRequest): { status: number; body: object } {
    if (revoked || request.headers.authorization !== `Bearer ${botToken}`)
      return refuse(401, 'api.context.session_expired.app_error', 'Invalid or expired session, please login again.');
    const path = decodeURIComponent(request.path.replace('/api/v4', ''));
    if (path === '/users/me') return ok({ id: 'idbot', username: 'allclear', is_bot: true });
    const [, by, value] = /^\/users\/(email|username)\/(.+)$/.exec(path) ?? [];
    if (by !== undefined) {
      const name = Object.keys(people).find((one) => (by === 'email' ? people[one] : one) === value);
      return name === undefined
        ? refuse(404, 'app.user.missing_account.const', 'Unable to find the user.')
        : ok({ id: idOf(name), username: name });
    }
    const [, asked] = /^\/users\/id([a-z]{24})$/.exec(path) ?? [];
    const person = Object.keys(people).find((one) => idOf(one) === `id${asked}`);
    if (person !== undefined) return ok({ id: idOf(person), username: person, email: people[person] });
    if (path.startsWith('/groups')) return groupAnswer(request.method, path, request.body);
    if (path === '/channels/direct') {
      const [me, other = ''] = JSON.parse(request.body) as string[];
      const partner = Object.keys(people).find((one) => idOf(one) === other);
      return me === 'idbot' && partner !== undefined
        ? ok({ id: `direct${partner}`, type: 'D' }, 201)
        : refuse(400, 'api.channel.create_direct_channel.invalid_user.app_error', 'Invalid user.');
    }
    const post = JSON.parse(request.body) as Post;
    const fault = faultOf(post);
    if (fault !== null) return refuse(400, 'api.post.create_post.app_error', fault);
    if (request.method === 'POST' && path === '/posts') {
      const channel = post.channel_id ?? '';
      if (archived.has(channel))
        return refuse(400, 'api.post.create_post.can_not_post_to_deleted.error', 'Can not post to deleted channel.');
      if (!channel.startsWith('direct') && !channels.includes(channel))
        return refuse(403, 'api.context.permissions.app_error', 'You do not have the appropriate permissions.');
      const made = {
        to: channel.replace(/^direct/, ''),
        channel,
        id: `post${messages.length + 1}`,
        ...seen(post),
        changes: 0,
      };
      messages.push(made);
      return ok({ id: made.id, channel_id: channel }, 201);
    }
    const known = messages.find(({ id }) => path === `/posts/${id}/patch`);
    if (request.method !== 'PUT' || !known) return refuse(404, 'app.post.get.app_error', 'Unable to get the post.');
    Object.assign(known, seen(post), { changes: known.changes + 1 });
    return ok({ id: known.id });
  }

  /** Refusals of the real one come before it looks at who is to be changed. */
  function groupAnswer(method: string, path: string, body: string): { status: number; body: object } {
    const { pathname, searchParams } = new URL(path, server.origin);
    if (method === 'GET' && pathname === '/groups') {
      const q = searchParams.get('q') ?? '';
      const found = [...groups.keys()].filter((name) => name.includes(q));
      return ok(found.map((name) => ({ id: groupIdOf(name), name, display_name: name, source: 'custom' })));
    }
    const [, asked] = /^\/groups\/([a-z0-9]{26})\/members$/.exec(pathname) ?? [];
    const [, members] = [...groups].find(([name]) => groupIdOf(name) === asked) ?? [];
    if (!members) return refuse(404, 'app.group.no_rows', 'no matching group found');
    if (method === 'GET') {
      const shown = [...members].map((name) => ({ id: idOf(name), username: name }));
      const [size, page] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
      return ok({ members: shown.slice(page * size, (page + 1) * size), total_member_count: shown.length });
    }
    if (groupRefusal !== null) return refuse(groupRefusal.status, groupRefusal.error, 'You may not do this.');
    const { user_ids: ids = [] } = JSON.parse(body) as { user_ids?: string[] };
    const names = ids.map((id) => [...Object.keys(people), ...members].find((name) => idOf(name) === id));
    if (names.some((name) => name === undefined))
      return refuse(400, 'api.context.invalid_body_param.app_error', 'Invalid user_id.');
    for (const name of names) {
      if (name === undefined) continue;
      if (method === 'POST') members.add(name);
      else members.delete(name);
    }
    return ok(
      ids.map((id) => ({ group_id: asked, user_id: id })),
      method === 'POST' ? 201 : 200,
    );
  }

  const server = await createSinkServer(answer);
  return {
    url: server.origin,
    botToken,
    messages,
    attempts: server.attempts,
    groups,
    refuseGroups: (error, status = 403) => void (groupRefusal = error === null ? null : { error, status }),
    setMood: server.setMood,
    revoke: () => void (revoked = true),
    archive: (channel) => void archived.add(channel),
    press(message, label, by = message.to) {
      const button = message.buttons.find(({ name }) => name === label);
      if (!button) throw new Error(`no button ${label}`);
      const { url, context } = button.integration;
      const who = {
        user_id: idOf(by),
        user_name: by,
        channel_id: by === message.to || channels.includes(message.channel) ? message.channel : `direct${by}`,
      };
      const press = { ...who, post_id: message.id, trigger_id: `t${++triggers}`, type: 'button', context };
      return { path: new URL(url).pathname, body: JSON.stringify(press) };
    },
    close: server.close,
  };
}

function groupIdOf(name: string): string {
  return `gr${name.replaceAll(/[^a-z0-9]/g, '0').padEnd(24, 'g')}`;
}

/** An id has 26 characters. */
function idOf(name: string): string {
  return `id${name.padEnd(24, 'x')}`;
}

function seen({ message, props }: Post) {
  return {
    words: [message, ...props.attachments.map(({ text }) => text)].join('\n'),
    buttons: props.attachments.flatMap(({ actions }) => actions ?? []),
  };
}

function faultOf({ message, props }: Post): string | null {
  if (message.length > 16_383) return 'the message is too long';
  for (const { actions = [] } of props.attachments)
    for (const { id, type } of actions)
      if (!/^[A-Za-z0-9]+$/.test(id) || type !== 'button') return 'an action id has letters and digits only';
  return null;
}
