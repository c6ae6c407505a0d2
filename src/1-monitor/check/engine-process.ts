import { flushCompileCache } from 'node:module';
import type { EngineSetup } from './engine-options.ts';
import type { ToEngine } from './engine-protocol.ts';
import { serveEngine } from './serve-engine.ts';

/**
 * The entry of the check engine's process, started by engine-host.ts with `fork` and its setup. Everything comes and goes by the
 * parent's channel; when that closes, there is nobody to check for.
 */
const FLUSH_MS = 5_000;

const handle = serveEngine(
  (message) => {
    if (process.connected) process.send?.(message);
  },
  JSON.parse(process.argv[2] ?? '{}') as EngineSetup,
);
process.on('message', (message: ToEngine) => handle(message));
process.on('disconnect', () => process.exit(0));
// A terminal's interrupt goes to the whole group; the parent decides when to end us.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// Where the parent set a compile cache (NODE_COMPILE_CACHE), the next start needs 40 MB and 0.1 s less. It is written
// here because this process is usually ended by a signal.
setTimeout(() => flushCompileCache(), FLUSH_MS);
