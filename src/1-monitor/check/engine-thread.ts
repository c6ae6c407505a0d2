import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineSetup } from './engine-options.ts';
import type { ToEngine } from './engine-protocol.ts';
import { serveEngine } from './serve-engine.ts';

/** The entry of an engine's thread, started by engine-host.ts with its setup. */
const FLUSH_MS = 5_000;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- of a thread, not of a window
const handle = serveEngine((message) => parentPort?.postMessage(message), workerData as EngineSetup);
parentPort?.on('message', (message: ToEngine) => handle(message));
setTimeout(() => flushCompileCache(), FLUSH_MS);
