import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Observation } from './observation.ts';
import { recordResults } from './record-results.ts';
import { utcDay } from './retention.ts';
import { ensureResultDays } from './store.ts';

const NO_PARTITION = '23514';

/** Stores checks of any workspaces, one transaction for each. Throws when some could not be stored; send all again. */
export async function recordBatch(system: System, observations: readonly Observation[]): Promise<void> {
  for (const [workspaceId, own] of Map.groupBy(observations, (seen) => seen.workspaceId)) {
    await withPartitions(system, own, () =>
      system.transact({ actor: systemActor('monitor'), workspaceId }, (ctx) => recordResults(ctx, own)),
    );
  }
}

/** Checks that waited long, or a clock that jumped, may need a day that nobody made. */
export async function withPartitions<T>(
  system: System,
  observations: readonly { dueAtMs: number }[],
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if ((error as { code?: string }).code !== NO_PARTITION) throw error;
    await ensureResultDays(system.database, [...new Set(observations.map(({ dueAtMs }) => utcDay(dueAtMs)))]);
    return act();
  }
}
