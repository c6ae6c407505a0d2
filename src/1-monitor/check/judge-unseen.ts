import type { CheckWorld, HttpRun } from './check-run.ts';
import type { CheckError } from './spec.ts';
import type { Target } from './target.ts';
import { describeBlocked } from './target-guards.ts';

/** Under which clouds serve the secrets of a machine to whoever asks from it. */
const METADATA_NAMES = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
]);
const METADATA_ADDRESS = '169.254.169.254';
/** Many who need a proxy have name servers that know nothing of the world: then it is not waited for them. */
const LOOK_UP_MS = 1_000;

/**
 * Judges a target that somebody else will resolve and connect to; null = it may be asked for. An address is judged as it
 * stands, and a name by what it means here, where that is known: every one of its addresses must be allowed, since the
 * proxy may take any. What only the proxy can resolve is left to its own rules.
 */
export async function judgeUnseen(target: Target, run: HttpRun, world: CheckWorld): Promise<CheckError | null> {
  for (const address of await addressesOf(target, world)) {
    const { allowed, class: kind } = world.guards.verdict(address, run.spec.allowedTargets);
    if (allowed) continue;
    run.address = address;
    return describeBlocked(address, kind, target.host);
  }
  return null;
}

async function addressesOf({ host, isAddress }: Target, world: CheckWorld): Promise<readonly string[]> {
  if (isAddress) return [host];
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1'];
  if (METADATA_NAMES.has(host)) return [METADATA_ADDRESS];
  const known = world.resolver.cached(host) ?? (await lookUp(host, world));
  return known?.ok === true ? known.addresses : [];
}

function lookUp(host: string, world: CheckWorld) {
  return new Promise<Awaited<ReturnType<CheckWorld['resolver']['resolve']>> | null>((resolve) => {
    const patience = world.deadlines.add(performance.now() + LOOK_UP_MS, () => resolve(null));
    void world.resolver.resolve(host).then((resolution) => {
      world.deadlines.remove(patience);
      resolve(resolution);
    });
  });
}
