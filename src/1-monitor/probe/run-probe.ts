import type { System } from '#platform/ctx.ts';
import type { StageService } from '#platform/stage.ts';
import { type Assignment, createAssignment } from './assignment.ts';
import { engineOf, stopEngineOf } from './engine-of.ts';
import { nodeIdOf } from './node-id.ts';
import { beatNode, removeNode } from './store.ts';

const BEAT_MS = 5_000;
/** A node that was not seen for so long has lost its share; with one beat of the others that is under 15 s. */
const LIVE_SECONDS = 9;
const RECONCILE_MS = 15_000;

/**
 * Checks this node's share of all monitors. The same place keeps its name over a restart, so its share waits for it
 * and is checked on its old grid.
 */
export const runProbe: StageService = {
  name: 'probe',
  role: 'probe',
  async start(system) {
    const nodeId = nodeIdOf(system);
    const keeper = createKeeper(system, nodeId, createAssignment(system, nodeId, engineOf(system)));
    await keeper.beat();
    await keeper.settled();
    const timers = [setInterval(() => void keeper.beat(), BEAT_MS), setInterval(() => keeper.want(null), RECONCILE_MS)];
    const unlisten = system.live.listen(({ topics }) => keeper.want(idsIn(topics)));
    return async () => {
      unlisten();
      for (const timer of timers) clearInterval(timer);
      keeper.stop();
      await keeper.settled();
      await stopEngineOf(system);
      await removeNode(system.database, nodeId).catch(() => undefined);
    };
  },
};

/** The process's engine for tests before saving, where no probe runs; it is started when it is first asked. */
export const stopAsking: StageService = {
  name: 'asking',
  role: 'web',
  start: async (system) => () => stopEngineOf(system),
};

const MONITOR_TOPIC = 'monitor:';

/** Which monitors the news is about; null = look at all of them. */
function idsIn(topics: readonly string[]): readonly string[] | null {
  if (topics.includes('*') || topics.includes('settings')) return null;
  return topics.filter((topic) => topic.startsWith(MONITOR_TOPIC)).map((topic) => topic.slice(MONITOR_TOPIC.length));
}

/** Runs one synchronisation at a time; wishes that come meanwhile are put together for the next. */
function createKeeper(system: System, nodeId: string, assignment: Assignment) {
  let nodeIds: readonly string[] = [nodeId];
  let wanted: Set<string> | 'all' | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function run() {
    while (wanted !== null) {
      const now = wanted;
      wanted = null;
      try {
        await assignment.sync(nodeIds, now === 'all' ? null : [...now]);
      } catch (error) {
        // The next reconciliation looks at everything again.
        system.log.warn({ err: String(error) }, 'assignment could not be read');
        return;
      }
    }
  }

  function want(ids: readonly string[] | null) {
    if (stopped || (ids !== null && ids.length === 0)) return;
    if (ids === null) wanted = 'all';
    else if (wanted !== 'all') wanted = new Set([...(wanted ?? []), ...ids]);
    running ??= run().finally(() => {
      running = null;
    });
  }

  return {
    want,
    settled: async () => running ?? undefined,
    stop() {
      stopped = true;
      wanted = null;
    },
    /** Says that this node lives. While the database is away it goes on with the share it has. */
    async beat() {
      try {
        const live = await beatNode(system.database, nodeId, LIVE_SECONDS);
        if (live.join() === nodeIds.join() && assignment.size() > 0) return;
        nodeIds = live;
        want(null);
      } catch (error) {
        system.log.warn({ err: String(error) }, 'probe could not say that it lives');
      }
    },
  };
}
