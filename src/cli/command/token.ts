import { type API_KEY_SCOPES, createApiKey } from '#access/contract';
import type { AccessRole } from '#kernel/actor.ts';
import { apiKeyOf, connect, type GlobalOptions } from '../api.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { parseDuration } from '../text.ts';

export type TokenOptions = {
  readonly name: string;
  readonly role: AccessRole;
  readonly scopes: readonly (typeof API_KEY_SCOPES)[number][];
  readonly expires?: string;
  readonly local?: boolean;
};

/**
 * Makes an API key: through the server when there is a key to ask with, else directly in the data directory of this
 * machine. Prints the key alone on stdout, so that `$(allclear token --name CI)` works.
 */
export async function token(global: GlobalOptions, io: Io, options: TokenOptions): Promise<Outcome> {
  const expiresAt = expiry(options.expires, io.now());
  const wanted = { name: options.name, role: options.role, scopes: [...options.scopes] };
  const made =
    options.local || apiKeyOf(global, io) === undefined
      ? await makeHere(global, io, { ...wanted, expiresAt })
      : await connect(global, io).call(createApiKey, {
          body: { ...wanted, expiresAt: expiresAt?.toISOString() ?? null },
        });
  const until = expiresAt ? `until ${expiresAt.toISOString()}` : 'until it is revoked';
  return {
    text: made.key,
    aside: `API key "${made.name}", ${made.role}, ${made.scopes.join(' and ')}, ${until}. It is shown this once.`,
    data: made,
  };
}

async function makeHere(
  global: GlobalOptions,
  io: Io,
  wanted: { name: string; role: AccessRole; scopes: TokenOptions['scopes']; expiresAt: Date | null },
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
