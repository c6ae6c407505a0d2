import { generateKeyPairSync, sign } from 'node:crypto';
import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type Button = { readonly type: number; readonly style: number; readonly label: string; readonly custom_id?: string };
type Content = {
  readonly content?: string;
  readonly embeds?: readonly { readonly description: string }[];
  readonly components?: readonly { readonly components: readonly Button[] }[];
  readonly allowed_mentions?: { readonly parse: readonly string[] };
};

/** A message, direct or in a channel, as its reader sees it now. */
type DiscordMessage = {
  readonly to: string;
  readonly channel: string;
  readonly id: string;
  words: string;
  buttons: readonly Button[];
  changes: number;
};

type Press = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

export type DiscordServer = {
  /** For ALLCLEAR_DISCORD_URL. */
  readonly url: string;
  readonly botToken: string;
  readonly publicKey: string;
  readonly messages: DiscordMessage[];
  readonly attempts: SinkRequest[];
  /** Who has a role, by `SERVER/ROLE`. */
  readonly roles: ReadonlyMap<string, Set<string>>;
  /** Refuses to give roles, or only to take them, with an error code; null = does both again. */
  readonly refuseRoles: (code: number | null, only?: 'PUT' | 'DELETE') => void;
  /** Somebody leaves the server that the roles are in. */
  readonly leave: (userId: string) => void;
  readonly setMood: (mood: Mood) => void;
  /** The next requests are answered 429 with `retry_after`, as Discord does, until this is 0. */
  readonly throttle: (seconds: number) => void;
  /** Somebody leaves the server, or takes no direct messages. */
  readonly shut: (userId: string) => void;
  /** A channel is deleted. */
  readonly deleteChannel: (channel: string) => void;
  /** Whoever owns the application makes a new token. */
  readonly revoke: () => void;
  /** What Discord sends to try an endpoint. */
  readonly ping: (at: Date) => Press;
  /** What it sends when somebody presses a button, signed at an instant. */
  readonly press: (message: DiscordMessage, label: string, at: Date, by?: string) => Press;
  readonly close: () => Promise<void>;
};

/** A server with one role, which somebody has by hand. */
export const DISCORD_SERVER = '410000000000000001';
export const DISCORD_ROLE = '420000000000000002';
export const DISCORD_STRANGER = '430000000000000003';

/**
 * Stands in for Discord's HTTP API, written from its public contract: `Bot` tokens, direct channels by recipient, its
 * limits on messages and components, roles that are given and taken one by one, JSON errors with codes, 429 with `retry_after`, and interactions signed with Ed25519.
 */
export async function createDiscordServer(
  people: readonly string[],
  channels: readonly string[] = [],
): Promise<DiscordServer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hexKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const botToken = `MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.${'x'.repeat(27)}`;
  const messages: DiscordMessage[] = [];
  const shut = new Set<string>();
  const deleted = new Set<string>();
  let revoked = false;
  let throttled = 0;
  let interactions = 0;
  let roleRefusal: { readonly code: number; readonly only: string | undefined } | null = null;
  const roles = new Map([[`${DISCORD_SERVER}/${DISCORD_ROLE}`, new Set([DISCORD_STRANGER])]]);
  const left = new Set<string>();
  const refuse = (status: number, code: number, message: string) => ({ status, body: { code, message } });

  function answer(request: SinkRequest): { status: number; body: object } {
    if (revoked || request.headers.authorization !== `Bot ${botToken}`) return refuse(401, 0, '401: Unauthorized');
    if (throttled > 0)
      return { status: 429, body: { message: 'You are being rate limited.', retry_after: throttled, global: false } };
    const route = `${request.method} ${request.path.replace('/api/v10', '')}`;
    if (route === 'GET /applications/@me')
      return { status: 200, body: { id: '1', name: 'Pages', verify_key: hexKey, bot: { username: 'acme-pages' } } };
    if (route.includes(' /guilds/')) return roleAnswer(route);
    const body = JSON.parse(request.body) as Content & { recipient_id?: string };
    if (route === 'POST /users/@me/channels') {
      const to = body.recipient_id ?? '';
      return people.includes(to)
        ? { status: 200, body: { id: `9${to}`, type: 1 } }
        : refuse(400, 10_013, 'Unknown User');
    }
    const [, channel = '', id] = /^(?:POST|PATCH) \/channels\/(\d+)\/messages(?:\/(\w+))?$/.exec(route) ?? [];
    if (deleted.has(channel)) return refuse(404, 10_003, 'Unknown Channel');
    const isDirect = channel.startsWith('9') && people.includes(channel.slice(1));
    if (!isDirect && !channels.includes(channel)) return refuse(403, 50_001, 'Missing Access');
    const to = isDirect ? channel.slice(1) : channel;
    const fault = faultOf(body);
    if (fault !== null) return refuse(400, 50_035, `Invalid Form Body: ${fault}`);
    if (shut.has(to)) return refuse(403, 50_007, 'Cannot send messages to this user');
    if (request.method === 'POST') {
      const made = { to, channel, id: `m${messages.length + 1}`, ...seen(body), changes: 0 };
      messages.push(made);
      return { status: 200, body: { id: made.id, channel_id: channel } };
    }
    const known = messages.find((one) => one.channel === channel && one.id === id);
    if (!known) return refuse(404, 10_008, 'Unknown Message');
    Object.assign(known, seen(body), { changes: known.changes + 1 });
    return { status: 200, body: { id: known.id, channel_id: channel } };
  }

  function roleAnswer(route: string): { status: number; body: object } {
    const [, method = '', guild = '', userId, role = ''] =
      /^(\w+) \/guilds\/(\d+)(?:\/members\/(\d+))?\/roles\/(\d+)$/.exec(route) ?? [];
    if (guild !== DISCORD_SERVER) return refuse(404, 10_004, 'Unknown Guild');
    const holders = roles.get(`${guild}/${role}`);
    if (!holders) return refuse(404, 10_011, 'Unknown Role');
    if (userId === undefined) return { status: 200, body: { id: role, name: 'On call', managed: false } };
    if (roleRefusal !== null && (roleRefusal.only ?? method) === method)
      return refuse(403, roleRefusal.code, 'Missing Permissions');
    if ((!people.includes(userId) && userId !== DISCORD_STRANGER) || left.has(userId))
      return refuse(404, 10_007, 'Unknown Member');
    if (method === 'PUT') holders.add(userId);
    else holders.delete(userId);
    return { status: 204, body: {} };
  }

  const server = await createSinkServer(answer);
  const signed = (at: Date, content: object): Press => {
    const body = JSON.stringify({ id: `i${++interactions}`, application_id: '1', version: 1, ...content });
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signature = sign(null, Buffer.from(`${timestamp}${body}`), privateKey).toString('hex');
    const headers = {
      'content-type': 'application/json',
      'x-signature-ed25519': signature,
      'x-signature-timestamp': timestamp,
    };
    return { body, headers };
  };
  return {
    url: `${server.origin}/api/v10`,
    botToken,
    publicKey: hexKey,
    messages,
    attempts: server.attempts,
    roles,
    refuseRoles: (code, only) => void (roleRefusal = code === null ? null : { code, only }),
    leave: (userId) => {
      left.add(userId);
      for (const holders of roles.values()) holders.delete(userId);
    },
    setMood: server.setMood,
    throttle: (seconds) => void (throttled = seconds),
    shut: (userId) => void shut.add(userId),
    deleteChannel: (channel) => void deleted.add(channel),
    revoke: () => void (revoked = true),
    ping: (at) => signed(at, { type: 1 }),
    press(message, label, at, by = message.to) {
      const button = message.buttons.find((one) => one.label === label);
      if (button?.custom_id === undefined) throw new Error(`no button ${label}`);
      const shown = { id: message.id, channel_id: message.channel };
      const data = { component_type: 2, custom_id: button.custom_id };
      // In a server, whoever presses is told as a member of it.
      const who = channels.includes(message.channel) ? { member: { user: { id: by } } } : { user: { id: by } };
      return signed(at, { type: 3, ...who, channel_id: message.channel, message: shown, data });
    },
    close: server.close,
  };
}

function seen({ content, embeds, components }: Content) {
  return {
    words: [content, ...(embeds ?? []).map(({ description }) => description)].join('\n'),
    buttons: (components ?? []).flatMap((row) => row.components),
  };
}

function faultOf({ content = '', embeds = [], components = [], allowed_mentions }: Content): string | null {
  if (content.length > 2_000) return 'content: must be 2000 or fewer in length';
  if (allowed_mentions?.parse.length !== 0) return 'a page must mention nobody';
  if (embeds.some(({ description }) => description.length === 0 || description.length > 4_096))
    return 'embeds: description';
  for (const { components: buttons } of components) {
    if (buttons.length === 0 || buttons.length > 5) return 'components: 1 to 5 in a row';
    if (buttons.some(({ type, style }) => type !== 2 || style < 1 || style > 5)) return 'components: type and style';
    if (buttons.some(({ custom_id = '' }) => custom_id.length > 100))
      return 'custom_id: must be 100 or fewer in length';
  }
  return null;
}
