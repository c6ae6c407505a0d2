import type { CheckRun, CheckWorld } from './check-run.ts';
import { seconds } from './describe-result.ts';
import { fault } from './faults.ts';
import type { Resolution } from './resolver.ts';
import type { CheckError } from './spec.ts';
import type { Target } from './target.ts';
import { describeBlocked } from './target-guards.ts';

export type FoundAddresses =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly error: CheckError };

const MAX_ADDRESSES = 4;
const TRY_NEXT = new Set(['refused', 'unreachable', 'timeout', 'no-connectivity']);

/** Whether the next address of a name may do better than one that failed so. */
export function isWorthAnother(error: CheckError): boolean {
  return TRY_NEXT.has(error.kind);
}

/**
 * The addresses of a target that this check may connect to, resolved now or from an answer still valid. What is
 * returned here is connected to literally, so a name that changes its answer in between gains nothing.
 */
export async function findAddresses(target: Target, run: CheckRun, world: CheckWorld): Promise<FoundAddresses> {
  if (target.isAddress) {
    run.phases.dnsMs ??= 0;
    return allowedOf([target.host], target, run, world);
  }
  const startedMs = performance.now();
  const resolution = world.resolver.cached(target.host) ?? (await resolveInTime(target.host, run, world));
  run.phases.dnsMs = (run.phases.dnsMs ?? 0) + performance.now() - startedMs;
  if (resolution === null) {
    return refused(
      'resolver',
      `our name servers gave no answer for ${target.host} within ${seconds(run.spec.timeoutMs)}`,
    );
  }
  if (!resolution.ok) return refused(resolution.kind, resolution.message);
  return allowedOf(resolution.addresses, target, run, world);
}

/** Null where the check's time is over before. */
export function resolveInTime(name: string, run: CheckRun, world: CheckWorld): Promise<Resolution | null> {
  return new Promise((resolve) => {
    run.deadline.onPass = () => resolve(null);
    void world.resolver.resolve(name).then((resolution) => {
      run.deadline.onPass = null;
      resolve(resolution);
    });
  });
}

function allowedOf(addresses: readonly string[], target: Target, run: CheckRun, world: CheckWorld): FoundAddresses {
  const allowed = addresses.filter((address) => world.guards.verdict(address, run.spec.allowedTargets).allowed);
  if (allowed.length > 0) return { ok: true, addresses: allowed.slice(0, MAX_ADDRESSES) };
  const [first] = addresses;
  if (first === undefined) return refused('name-not-found', `the name ${target.host} has no address`);
  run.address = first;
  const { class: kind } = world.guards.verdict(first, run.spec.allowedTargets);
  return { ok: false, error: describeBlocked(first, kind, target.host) };
}

function refused(kind: CheckError['kind'], message: string): FoundAddresses {
  return { ok: false, error: fault(kind, message) };
}
