import type { System } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';
import { checkSpecOf } from '../monitor/check-spec.ts';
import { shareOwner } from '../probe/share.ts';
import { selectAssignableFrom, selectCheckables } from '../probe/store.ts';
import type { AssignmentAnswer, AssignmentBody } from './probe-wire.ts';
import { beatProbe, type KnownProbe } from './store.ts';

/** A probe that was silent for so long has lost its share; with one question of the others that is under 15 s. */
const LIVE_SECONDS = 10;

/**
 * What a probe is to check: its share of its place's monitors, which it takes over from a silent neighbour. Null when
 * it has that already. Asking is also how a probe says that it lives.
 */
export async function assignProbe(
  system: System,
  probe: KnownProbe,
  { have, ...said }: AssignmentBody,
): Promise<AssignmentAnswer | null> {
  const live = await beatProbe(system.database, probe, said, LIVE_SECONDS);
  const all = await selectAssignableFrom(system.database, probe.workspaceId, probe.locationId);
  const mine = all.filter(({ id }) => shareOwner(id, live) === probe.id);
  const versions = mine.map(({ id, revision }) => `${id} ${revision}`).toSorted();
  const tag = digest([probe.locationName, ...probe.allowedTargets, ...versions].join('\n')).slice(0, 32);
  if (tag === have) return null;
  const rows = await selectCheckables(
    system.database,
    mine.map(({ id }) => id),
    probe.locationId,
  );
  const specs = rows.map((row) => checkSpecOf(row, probe.allowedTargets, system.secrets));
  return { tag, location: probe.locationName, specs };
}
