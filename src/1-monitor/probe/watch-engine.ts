import { hostname } from 'node:os';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { StageService } from '#platform/stage.ts';
import { engineTurned } from '../events.ts';
import { type EngineHealth, judgeEngine, UNKNOWN_HEALTH } from './engine-health.ts';
import { runningEngineOf } from './engine-of.ts';
import { nodeIdOf } from './node-id.ts';
import { selectCheckingWorkspaces } from './store.ts';

const LOOK_MS = 15_000;

type Look = Parameters<typeof judgeEngine>[1];

/** Says when checks of this process begin late or results are lost, and when that is over: in the log, and by an alert. */
export const watchEngine: StageService = {
  name: 'engine watch',
  role: 'probe',
  async start(system) {
    const watch = createEngineWatch(system);
    let looking = Promise.resolve();
    const timer = setInterval(() => {
      const stats = runningEngineOf(system)?.stats();
      if (stats) looking = looking.then(() => watch(stats));
    }, LOOK_MS);
    return async () => {
      clearInterval(timer);
      await looking;
    };
  },
};

/** Takes one look after another; what could not be told is told after the next. */
export function createEngineWatch(system: System): (look: Look) => Promise<void> {
  let health: EngineHealth = UNKNOWN_HEALTH;
  let told: EngineHealth['state'] = null;
  return async (look) => {
    health = judgeEngine(health, look);
    if (health.state === null || health.state === told) return;
    const { state } = health;
    if (state === 'well') system.log.info({}, 'checks are on time');
    else
      system.log.error(
        { latenessP99Ms: look.latenessP99Ms, resultsDropped: look.resultsDropped },
        state === 'late' ? 'checks begin late' : 'results of checks were lost',
      );
    try {
      await tell(system, state, look);
      told = state;
    } catch (error) {
      system.log.warn({ err: String(error) }, 'how the check engine does could not be told');
    }
  };
}

async function tell(system: System, state: 'well' | 'late' | 'losing', look: Look): Promise<void> {
  const { latenessP99Ms, resultsDropped } = look;
  const turned = { nodeId: nodeIdOf(system), host: hostname(), state, latenessP99Ms, resultsDropped };
  for (const workspaceId of await selectCheckingWorkspaces(system.database)) {
    await system.transact({ actor: systemActor('probe'), workspaceId }, (ctx) => ctx.publish(engineTurned, turned));
  }
}
