import type { System } from '#platform/ctx.ts';
import type { ToldKind } from '../kind/kinds.ts';
import { type KeyOwner, selectKeyOwners } from './store.ts';

/** By digest, the monitors that these arrivals are for; an arrival with a key that nobody has is not in it. */
export async function findKeyOwners(
  system: System,
  kind: ToldKind,
  arrivals: readonly Pick<KeyOwner, 'keyDigest'>[],
): Promise<ReadonlyMap<string, KeyOwner>> {
  const digests = [...new Set(arrivals.map(({ keyDigest }) => keyDigest))];
  const owners = await selectKeyOwners(system.database, kind, digests, system.clock.now());
  return new Map(owners.map((owner) => [owner.keyDigest, owner]));
}
