import { parentPort } from 'node:worker_threads';
import { killTree } from './process-tree.ts';

const LOOK_MS = 500;

/**
 * A thread of the driver that notices when the engine is gone, also while the driver itself is busy for hours with one
 * pattern of the script. Nobody waits for the journey then: all of it ends.
 */
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) killTree(process.pid);
}, LOOK_MS);
parentPort?.postMessage('watching', []);
