import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { digest } from '#platform/secrets.ts';
import type { ToldKind } from '../kind/kinds.ts';

/** How the key of a kind begins. */
const PREFIXES = { heartbeat: 'hb', value: 'pv' } as const satisfies Record<ToldKind, string>;

/** A new key as it is stored: what arrives is found by its digest, people are shown what is sealed. */
export function newKeyOf(ctx: Ctx, kind: ToldKind) {
  const key = newSecret(PREFIXES[kind]);
  return { keyDigest: digest(key), keySealed: ctx.secrets.seal(key) };
}
