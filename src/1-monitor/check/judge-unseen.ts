import type { CheckWorld, HttpRun } from './check-run.ts';
import { seconds } from './describe-result.ts';
import { fault } from './faults.ts';
import { resolveInTime } from './find-addresses.ts';
import type { Resolution } from './resolver.ts';
import type { CheckError } from './spec.ts';
import type { Target } from './target.ts';
import { describeBlocked } from './target-guards.ts';

/** Under which clouds serve the secrets of a machine to whoever asks from it. */
const METADATA_NAMES = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata.tencentyun.com',
  'metadata.azure.internal',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
]);
const METADATA_ADDRESS = '169.254.169.254';

/**
 * Judges a target that somebody else will resolve and connect to; null = it may be asked for. An address is judged as it
 * stands, and a name by what it means here: every one of its addresses must be allowed, since the proxy may take any. A name
 * that does not exist here is left to the proxy's own rules; where our name servers say nothing, nothing is asked.
 */
export async function judgeUnseen(target: Target, run: HttpRun, world: CheckWorld): Promise<CheckError | null> {
  const meant = await meaningOf(target, run, world);
  if (!meant.ok) {
    if (meant.kind === 'name-not-found') return null;
    const message = `${meant.message}, so it is not known whether the proxy may be asked for it`;
    return fault(meant.kind, message);
  }
  for (const address of meant.addresses) {
    const { allowed, class: kind } = world.guards.verdict(address, run.spec.allowedTargets);
    if (allowed) continue;
    run.address = address;
    return describeBlocked(address, kind, target.host);
  }
  return null;
}

async function meaningOf({ host, isAddress }: Target, run: HttpRun, world: CheckWorld): Promise<Resolution> {
  if (isAddress) return { ok: true, addresses: [host] };
  if (host === 'localhost' || host.endsWith('.localhost')) return { ok: true, addresses: ['127.0.0.1'] };
  if (METADATA_NAMES.has(host)) return { ok: true, addresses: [METADATA_ADDRESS] };
  const known = world.resolver.cached(host) ?? (await resolveInTime(host, run, world));
  if (known !== null) return known;
  const message = `our name servers gave no answer for ${host} within ${seconds(run.spec.timeoutMs)}`;
  return { ok: false, kind: 'resolver', message };
}
