import { listWorkspaceIds } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { type Vital, vitalTurned } from '#platform/vital.ts';
import { readVitals } from './read-vitals.ts';

const LOOK_MS = 60_000;
const BEAT_TIMEOUT_MS = 10_000;

/**
 * Looks once a minute whether our own works go on. What stalls is said in the log and by an alert. While all is well
 * the address of ALLCLEAR_HEARTBEAT_URL is called, by whose silence somebody else notices that we are gone: that also
 * holds when it is the pager itself that stalls. Returns the way to stop.
 */
export function startWatchdog(system: System): () => Promise<void> {
  const look = createWatchdog(system);
  let looking = Promise.resolve();
  const timer = setInterval(() => (looking = looking.then(look)), LOOK_MS);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** One look after another; what could not be told is told after the next. Never rejects. */
export function createWatchdog(system: System): () => Promise<void> {
  const told = new Map<string, string | null>();
  return async () => {
    const vitals = await readVitals(system);
    const isWell = vitals.every(({ trouble }) => trouble === null);
    if (isWell) await beat(system);
    for (const vital of vitals) {
      const { name, trouble } = vital;
      // Not known yet, as after a start: what was told of an earlier process may be over.
      const before = told.get(name);
      if (before !== undefined && (before === null) === (trouble === null)) continue;
      if (trouble === null && before !== undefined) system.log.info({ vital: name }, 'it goes on again');
      if (trouble !== null) system.log.error({ vital: name, trouble }, 'our own work stalls');
      if (await tell(system, vital)) told.set(name, trouble);
    }
  };
}

async function tell(system: System, vital: Vital): Promise<boolean> {
  try {
    for (const workspaceId of await listWorkspaceIds(system))
      await system.transact({ actor: systemActor('watchdog'), workspaceId }, (ctx) => ctx.publish(vitalTurned, vital));
    return true;
  } catch (error) {
    system.log.warn({ err: String(error) }, 'what stalls could not be told');
    return false;
  }
}

async function beat(system: System): Promise<void> {
  const { heartbeatUrl, allowedTargets } = system.config;
  if (heartbeatUrl === undefined) return;
  try {
    const { status } = await system.fetch(heartbeatUrl, { method: 'GET', allowedTargets, timeoutMs: BEAT_TIMEOUT_MS });
    if (status >= 400) system.log.warn({ status }, 'the heartbeat of this installation was refused');
  } catch (error) {
    system.log.warn({ err: String(error) }, 'the heartbeat of this installation could not be sent');
  }
}
