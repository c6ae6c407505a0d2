import { readAllowedTargets } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { CheckEngine } from '../check/engine-client.ts';
import { checkSpecOf } from '../monitor/check-spec.ts';
import { HOME } from '../vantage/streams.ts';
import { shareOwner } from './share.ts';
import { type Assignable, selectAssignable, selectCheckables } from './store.ts';

/** Questions are read in pieces, so that a large fleet does not stand in memory twice. */
const PIECE = 1_000;

export type Assignment = {
  /** Brings the engine up to date: all monitors, or the named ones. */
  readonly sync: (nodeIds: readonly string[], monitorIds: readonly string[] | null) => Promise<void>;
  readonly size: () => number;
};

/** What this node's engine checks, kept equal to the database. Not to be synced twice at once. */
export function createAssignment(
  system: System,
  nodeId: string,
  engine: Pick<CheckEngine, 'upsert' | 'remove' | 'replaceAll'>,
): Assignment {
  /** What the engine was told: the monitor's revision and what its workspace may reach. */
  const told = new Map<string, string>();
  let loaded = false;

  async function load(wanted: readonly Assignable[], targets: ReadonlyMap<string, readonly string[]>) {
    const specs = [];
    for (let i = 0; i < wanted.length; i += PIECE) {
      const piece = wanted.slice(i, i + PIECE).map(({ id }) => id);
      for (const monitor of await selectCheckables(system.database, piece, HOME)) {
        const allowed = targets.get(monitor.workspaceId) ?? [];
        specs.push(checkSpecOf(monitor, allowed, system.secrets));
        told.set(monitor.id, versionOf(monitor, allowed));
      }
    }
    return specs;
  }

  return {
    size: () => told.size,
    async sync(nodeIds, monitorIds) {
      const all = await selectAssignable(system.database, monitorIds);
      const mine = all.filter(({ id }) => shareOwner(id, nodeIds) === nodeId);
      const targets = await readTargets(system, mine);
      const kept = new Set(mine.map(({ id }) => id));
      const gone = (monitorIds ?? [...told.keys()]).filter((id) => told.has(id) && !kept.has(id));
      const changed = mine.filter(
        (monitor) => told.get(monitor.id) !== versionOf(monitor, targets.get(monitor.workspaceId) ?? []),
      );
      for (const id of gone) told.delete(id);
      if (gone.length > 0) engine.remove(gone);
      if (!loaded && monitorIds === null) {
        engine.replaceAll(await load(changed, targets));
        loaded = true;
      } else if (changed.length > 0) {
        engine.upsert(await load(changed, targets));
      }
    },
  };
}

async function readTargets(system: System, monitors: readonly Assignable[]): Promise<Map<string, readonly string[]>> {
  const targets = new Map<string, readonly string[]>();
  for (const workspaceId of new Set(monitors.map((monitor) => monitor.workspaceId))) {
    targets.set(workspaceId, await readAllowedTargets(system.read({ actor: systemActor('probe'), workspaceId })));
  }
  return targets;
}

function versionOf(monitor: Assignable, allowedTargets: readonly string[]): string {
  return `${monitor.revision} ${allowedTargets.join(',')}`;
}
