import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterPaths } from './paths.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { processFacts, serverProcesses } from './processes.ts';

const QUIT_AFTER_MS = 500;
const KILL_AFTER_MS = 3_000;

/**
 * Clears the way after a server that was killed. Its children notice and leave within milliseconds, unless one is deep in
 * a query; a new server refuses to start beside them. What they hold in memory is lost already, so ending them costs
 * nothing that was committed.
 */
export async function clearLeftovers(paths: ClusterPaths): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    const pids = serverProcesses(paths.name);
    if (pids.length === 0) break;
    if (waitedMs >= QUIT_AFTER_MS)
      for (const pid of pids) signal(pid, waitedMs >= KILL_AFTER_MS ? 'SIGKILL' : 'SIGQUIT');
    await delay(20);
  }
  // The id in the file may by now belong to somebody else, which PostgreSQL would take for a running server.
  const file = await readPostmasterFile(paths.cluster);
  if (file !== null && processFacts(file.pid)?.name !== 'postgres')
    await rm(join(paths.cluster, 'postmaster.pid'), { force: true });
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone, which is what was wanted.
  }
}
