import { flushCompileCache } from 'node:module';
import { sweepJourneyFolders } from '../journey/run-journey.ts';
import { Engine } from './engine.ts';
import type { CheckEngineLog, EngineSetup } from './engine-options.ts';
import type { FromEngine, ToEngine } from './engine-protocol.ts';

/**
 * The entry of the check engine's process, started by engine-client.ts with `fork` and its setup. Everything comes and goes by the
 * parent's channel; when that closes, there is nobody to check for.
 */
const LAG_MS = 5_000;

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

const log: CheckEngineLog = {
  info: (fields, message) => send({ type: 'log', level: 'info', fields, message }),
  warn: (fields, message) => send({ type: 'log', level: 'warn', fields, message }),
  error: (fields, message) => send({ type: 'log', level: 'error', fields, message }),
};

const engine = new Engine(send, log, JSON.parse(process.argv[2] ?? '{}') as EngineSetup);
process.on('message', (message: ToEngine) => engine.handle(message));
process.on('disconnect', () => process.exit(0));
sweepJourneyFolders();
// A terminal's interrupt goes to the whole group; the parent decides when to end us.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
setInterval(() => send({ type: 'lag', ...engine.lag() }), LAG_MS);
// Where the parent set a compile cache (NODE_COMPILE_CACHE), the next start needs 40 MB and 0.1 s less. It is written
// here because this process is usually ended by a signal.
setTimeout(() => flushCompileCache(), LAG_MS);
