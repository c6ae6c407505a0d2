import { type API_KEY_SCOPES, createApiKey, listApiKeys, listOwnApiKeys, revokeApiKey } from '#access/contract';
import type { AccessRole } from '#kernel/actor.ts';
import type { RouteResult } from '#kernel/route.ts';
import { type Api, apiKeyOf, connect, type GlobalOptions } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment, nearest, parseDuration } from '../text.ts';

export type TokenOptions = {
  readonly name?: string;
  readonly role?: AccessRole;
  readonly scopes?: readonly (typeof API_KEY_SCOPES)[number][];
  readonly expires?: string;
  readonly local?: boolean;
};

/**
 * Makes an API key: through the server when there is a key to ask with, else directly in the data directory of this
 * machine. Prints the key alone on stdout, so that `$(allclear token --name CI)` works.
 */
export async function token(global: GlobalOptions, io: Io, options: TokenOptions): Promise<Outcome> {
  const { name, role, scopes } = options;
  if (name === undefined) throw new CommandError('Say what the key is for: --name CI.', EXIT.usage);
  const expiresAt = expiry(options.expires, io.now());
  const wanted = { name, ...(role && { role }), ...(scopes && { scopes: [...scopes] }) };
  const made =
    options.local || apiKeyOf(global, io) === undefined
      ? await makeHere(global, io, { ...wanted, expiresAt })
      : await connect(global, io).call(createApiKey, {
          body: { ...wanted, expiresAt: expiresAt?.toISOString() ?? null },
        });
  // What makes it may itself end, and the key with it.
  const ends = made.expiresAt;
  const until = ends === null ? 'until it is revoked' : `until ${new Date(ends).toISOString()}`;
  return {
    text: made.key,
    aside: `API key "${made.name}", ${made.role}, ${made.scopes.join(' and ')}, ${until}. It is shown this once.`,
    data: made,
  };
}

async function makeHere(
  global: GlobalOptions,
  io: Io,
  wanted: Pick<TokenOptions, 'role' | 'scopes'> & { readonly name: string; readonly expiresAt: Date | null },
) {
  const [{ loadConfig }, { makeLocalKey }] = await Promise.all([
    import('#platform/config.ts'),
    import('#app/make-local-key.ts'),
  ]);
  const config = loadConfig(global.dataDir === undefined ? io.env : { ...io.env, ALLCLEAR_DATA_DIR: global.dataDir });
  return makeLocalKey(config, wanted);
}

function expiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const seconds = parseDuration(text);
  if (seconds === null || seconds < 60)
    throw new CommandError(`${text} is not a length of time; expected something like 30d or 12h.`);
  return new Date(now.getTime() + seconds * 1_000);
}

type Key = RouteResult<typeof listOwnApiKeys>['items'][number];

/** One's own keys, or everybody's. */
export async function tokens(api: Api, io: Io, { everybody = false }: { everybody?: boolean }): Promise<Outcome> {
  const [items, titleOf] = everybody
    ? await Promise.all([
        everyOne((query) => api.call(listApiKeys, { query })),
        readBook(api, 'person').then((book) => book.titleOf),
      ])
    : [await ownKeys(api), null];
  const rows = items.map((key) => [
    key.id,
    `${key.hint}…`,
    key.name,
    ...(titleOf ? [titleOf(key.createdBy)] : []),
    key.scopes.includes('write') ? key.role : `${key.role}, read only`,
    key.lastUsedAt === null ? 'never used' : `used ${moment(key.lastUsedAt, io.now())}`,
    expiryWords(key, io.now()),
  ]);
  return { text: rows.length === 0 ? 'There is no API key.' : columns(rows), data: items };
}

/** Revokes keys by their ids, one's own by their names as well; nothing is done when one of them is not there. */
export async function revokeTokens(api: Api, names: readonly string[]): Promise<Outcome> {
  const own = await ownKeys(api);
  const ids = [...new Set(names.map((name) => idOf(own, name)))];
  for (const id of ids) await api.call(revokeApiKey, { params: { id } });
  return { text: ids.map((id) => `${id} is revoked.`).join('\n'), data: { ids } };
}

const ownKeys = (api: Api): Promise<Key[]> => everyOne((query) => api.call(listOwnApiKeys, { query }));

function expiryWords({ expiresAt }: Key, now: Date): string {
  if (expiresAt === null) return 'does not expire';
  return `${new Date(expiresAt) <= now ? 'expired' : 'expires'} ${moment(expiresAt, now)}`;
}

const ID = /^key_[0-9a-z]{10,40}$/;

function idOf(own: readonly Key[], name: string): string {
  const same = own.filter((one) => one.id === name || one.name.toLowerCase() === name.trim().toLowerCase());
  if (same.length > 1)
    throw new CommandError(`${name} names several: ${same.map(({ id }) => id).join(', ')}. Say which by its id.`);
  if (same[0]) return same[0].id;
  if (ID.test(name)) return name;
  const near = nearest(name, own, (one) => [one.name]).map((one) => one.name);
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  throw new CommandError(`You have no API key ${name}.${hint} Those of others are named by their ids.`);
}
