import { sweepJourneyFolders } from '../journey/run-journey.ts';
import { Engine } from './engine.ts';
import type { CheckEngineLog, EngineSetup } from './engine-options.ts';
import { failCheck } from './own-crash.ts';
import type { FromEngine, ToEngine } from './engine-protocol.ts';

const LAG_MS = 5_000;

/** Runs the engine of this process or thread; what is returned takes what its parent says. */
export function serveEngine(send: (message: FromEngine) => void, setup: EngineSetup): (message: ToEngine) => void {
  const log: CheckEngineLog = {
    info: (fields, message) => send({ type: 'log', level: 'info', fields, message }),
    warn: (fields, message) => send({ type: 'log', level: 'warn', fields, message }),
    error: (fields, message) => send({ type: 'log', level: 'error', fields, message }),
  };
  process.on('uncaughtException', (error) => {
    // Of no check: what is still whole is not known, so the engine ends and is started again.
    if (!failCheck(error)) throw error;
    log.error(
      { error: error.stack ?? String(error) },
      'a check threw where nobody catches; it is unknown, by our fault',
    );
  });
  const engine = new Engine(send, log, setup);
  sweepJourneyFolders();
  setInterval(() => send({ type: 'lag', ...engine.lag() }), LAG_MS);
  return (message) => engine.handle(message);
}
