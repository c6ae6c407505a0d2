import type { System } from '#platform/ctx.ts';
import { type CheckEngine, startCheckEngine } from '../check/engine-client.ts';
import { recordBatch } from '../result/record-batch.ts';

const engines = new WeakMap<System, CheckEngine>();

/**
 * The check engine of this process: one, started when it is first needed. A process that only serves the web needs it
 * for tests before saving; what it is assigned beyond that is up to the probe.
 */
export function engineOf(system: System): CheckEngine {
  const running = engines.get(system);
  if (running) return running;
  const engine = startCheckEngine({
    onResults: (results) => recordBatch(system, results),
    log: system.log,
    setup: { rdapBootstrapUrl: system.config.rdapUrl, chromium: system.config.chromium ?? null },
  });
  engines.set(system, engine);
  return engine;
}

/** The engine of this process, if one runs. */
export function runningEngineOf(system: System): CheckEngine | undefined {
  return engines.get(system);
}

/** Ends the engine, if there is one, after what it has finished is stored. */
export async function stopEngineOf(system: System): Promise<void> {
  const engine = engines.get(system);
  engines.delete(system);
  await engine?.stop();
}
