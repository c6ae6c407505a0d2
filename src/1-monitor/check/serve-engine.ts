import { sweepJourneyFolders } from '../journey/run-journey.ts';
import { Engine } from './engine.ts';
import type { CheckEngineLog, EngineSetup } from './engine-options.ts';
import type { FromEngine, ToEngine } from './engine-protocol.ts';

const LAG_MS = 5_000;

/** Runs the engine of this process or thread; what is returned takes what its parent says. */
export function serveEngine(send: (message: FromEngine) => void, setup: EngineSetup): (message: ToEngine) => void {
  const log: CheckEngineLog = {
    info: (fields, message) => send({ type: 'log', level: 'info', fields, message }),
    warn: (fields, message) => send({ type: 'log', level: 'warn', fields, message }),
    error: (fields, message) => send({ type: 'log', level: 'error', fields, message }),
  };
  const engine = new Engine(send, log, setup);
  sweepJourneyFolders();
  setInterval(() => send({ type: 'lag', ...engine.lag() }), LAG_MS);
  return (message) => engine.handle(message);
}
