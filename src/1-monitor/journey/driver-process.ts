import { setPriority } from 'node:os';
import { writeFileSync } from 'node:fs';
// Loaded before the account is changed: it may not be allowed to read our own files.
import 'playwright-core';
import { Worker } from 'node:worker_threads';
import { drive } from './drive.ts';
import type { FromDriver, JourneyOrder, JourneyProgress } from './driver-wire.ts';
import { paced } from './paced.ts';
import { killTree } from './process-tree.ts';

const PROGRESS_MS = 250;

/**
 * The entry of the process that drives one journey: it starts the browser, the proxy and the script's process, and
 * answers the script's calls. When the engine's channel closes, nobody waits for the journey any more: it ends with all
 * that it started.
 */
function send(message: FromDriver): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected && process.send !== undefined) process.send(message, () => resolve());
    else resolve();
  });
}

const watching = new Promise<void>((resolve) => {
  const watch = new Worker(new URL('./outlive-watch.ts', import.meta.url), { execArgv: ['--no-warnings'] });
  watch.once('message', () => resolve());
  watch.once('error', () => resolve());
});

process.on('disconnect', () => killTree(process.pid));
// Whoever drives no more leaves nobody behind who does; the engine says that it ended.
process.on('uncaughtException', () => killTree(process.pid));
process.on('unhandledRejection', () => killTree(process.pid));
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', (order: JourneyOrder) => void work(order));

async function work(order: JourneyOrder): Promise<void> {
  step();
  // Loaded before the account is changed, too.
  await watching;
  if (order.account !== null && process.getuid?.() === 0) {
    process.setgroups?.([]);
    process.setgid?.(order.account);
    process.setuid?.(order.account);
  }
  const tell = paced<JourneyProgress>(
    (progress) => send({ type: 'progress', ...progress }),
    PROGRESS_MS,
    (older, newer) => ({ ...newer, picture: newer.picture ?? older.picture }),
  );
  const end = await drive(order, tell, (stage) => send({ type: 'stage', stage }));
  await send({ type: 'end', end });
  killTree(process.pid);
}

/** Behind every other check for the processor, and the first to go when memory is short. */
function step(): void {
  try {
    setPriority(10);
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not on this system.
  }
}
