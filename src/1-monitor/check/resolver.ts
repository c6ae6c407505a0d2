import { lookup } from 'node:dns/promises';
import type { NameAnswer, NameServers } from './name-servers.ts';

type Servers = Pick<NameServers, 'query' | 'hosts'>;

export type Resolution =
  | { readonly ok: true; readonly addresses: readonly string[] }
  /** `name-not-found`: the name servers say so. `resolver`: they do not answer, which is no fault of the target. */
  | { readonly ok: false; readonly kind: 'name-not-found' | 'resolver'; readonly message: string };

export interface Resolver {
  /** A cached resolution, or null: then ask `resolve`. */
  cached(name: string): Resolution | null;
  /** IPv4 first. Never rejects; bounded by the name servers' own limits (about 4 s), so race it against a deadline. */
  resolve(name: string): Promise<Resolution>;
}

const MIN_TTL_MS = 5_000;
const MAX_TTL_MS = 300_000;
const NO_TTL_MS = 10_000;
const FAILED_TTL_MS = 1_000;
const MAX_CACHED = 50_000;

/**
 * Resolves by the hosts file, then our own queries with their time to live, then the system's way (search domains,
 * mDNS) for names that those do not know. One query at a time per name.
 */
export function createResolver(servers: Servers): Resolver {
  const cache = new Map<string, { readonly resolution: Resolution; readonly untilMs: number }>();
  const asking = new Map<string, Promise<Resolution>>();

  const ask = async (name: string): Promise<Resolution> => {
    const { resolution, ttlMs } = await resolveFresh(name, servers);
    asking.delete(name);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(name, { resolution, untilMs: performance.now() + ttlMs });
    return resolution;
  };

  return {
    cached(name) {
      const entry = cache.get(name);
      return entry !== undefined && entry.untilMs > performance.now() ? entry.resolution : null;
    },
    resolve(name) {
      const running = asking.get(name) ?? ask(name);
      asking.set(name, running);
      return running;
    },
  };
}

interface Fresh {
  readonly resolution: Resolution;
  readonly ttlMs: number;
}

async function resolveFresh(name: string, servers: Servers): Promise<Fresh> {
  const written = servers.hosts().get(name);
  if (written !== undefined) return found(written, NO_TTL_MS);
  if (!name.includes('.') || name.endsWith('.local')) return resolveBySystem(name, null);
  const answer = await servers.query(name);
  if (answer.kind === 'found') return found(answer.addresses, Math.min(Math.max(answer.ttlMs, MIN_TTL_MS), MAX_TTL_MS));
  // A system's lookup holds a thread for as long as silent servers make it wait; only ask what they cannot know.
  if (answer.kind === 'failed' && answer.why !== 'ECONNREFUSED') return silent(name, answer.why);
  return resolveBySystem(name, answer);
}

/** `answer`: what the name servers said before; a system that fails as well does not change it. */
async function resolveBySystem(name: string, answer: NameAnswer | null): Promise<Fresh> {
  try {
    const addresses = await lookup(name, { all: true, order: 'ipv4first' });
    return found(
      addresses.map(({ address }) => address),
      NO_TTL_MS,
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const absent = answer === null ? code === 'ENOTFOUND' || code === 'ENODATA' : answer.kind === 'absent';
    if (!absent) return silent(name, answer?.kind === 'failed' ? answer.why : code);
    const resolution: Resolution = { ok: false, kind: 'name-not-found', message: `the name ${name} does not exist` };
    return { resolution, ttlMs: FAILED_TTL_MS };
  }
}

function silent(name: string, why: string): Fresh {
  const message = `our name servers gave no answer for ${name} (${why}); look at /etc/resolv.conf on this machine`;
  return { resolution: { ok: false, kind: 'resolver', message }, ttlMs: FAILED_TTL_MS };
}

function found(addresses: readonly string[], ttlMs: number): Fresh {
  return { resolution: { ok: true, addresses }, ttlMs };
}
