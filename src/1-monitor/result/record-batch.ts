import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { isTransient } from '#platform/group-commit.ts';
import { countChecks } from '../metrics/check-counts.ts';
import type { Observation } from './observation.ts';
import { recordResults } from './record-results.ts';
import { utcDay } from './retention.ts';
import { ensureResultDays } from './store.ts';

const NO_PARTITION = '23514';

/**
 * Stores checks of any workspaces, one transaction for each. Throws when the database is away; send all again then. A
 * check that cannot be stored for what it holds, or for a bug behind it, is logged and left out, so that it never holds
 * up the others; the next check of its monitor says the same again.
 */
export async function recordBatch(system: System, observations: readonly Observation[]): Promise<void> {
  for (const [workspaceId, own] of Map.groupBy(observations, (seen) => seen.workspaceId)) {
    await record(system, workspaceId, own);
  }
}

async function record(system: System, workspaceId: string, own: readonly Observation[]): Promise<void> {
  try {
    await withPartitions(system, own, () =>
      system.transact({ actor: systemActor('monitor'), workspaceId }, (ctx) => recordResults(ctx, own)),
    );
    countChecks(system, own);
  } catch (error) {
    if (isTransient(error)) throw error;
    const [only] = own;
    if (own.length === 1 && only) {
      const err = error instanceof Error ? (error.stack ?? error.message) : String(error);
      system.log.error({ workspaceId, monitorId: only.monitorId, err }, 'a check could not be stored and was left out');
      return;
    }
    const middle = own.length >> 1;
    await record(system, workspaceId, own.slice(0, middle));
    await record(system, workspaceId, own.slice(middle));
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
