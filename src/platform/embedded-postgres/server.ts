import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { postgresArguments, recordedOptions } from './arguments.ts';
import type { Binaries } from './binaries.ts';
import { explainFailure } from './failure.ts';
import { type Launcher, launchCommand, launchEnvironment } from './launcher.ts';
import { signal } from './leftovers.ts';
import type { ClusterPaths } from './paths.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { belongsToServer, processFacts } from './processes.ts';
import { answers } from './readiness.ts';
import { openLog, readLogFrom } from './server-log.ts';

/** How a server ended; both are null when it was not our child. */
export type ServerExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** One running postmaster, started by this process or found running. */
export type Server = {
  readonly pid: number;
  readonly socketDir: string;
  readonly exited: Promise<ServerExit>;
};

const LOOK_EVERY_MS = 100;
const FAST_SHUTDOWN_MS = 60_000;

/** Starts a server and returns once it answers, which after a crash is when recovery is through. */
export async function startServer(
  paths: ClusterPaths,
  binaries: Binaries,
  launcher: Launcher,
  socketDir: string,
  onSpawn: (server: Server) => void,
): Promise<Server> {
  const log = await openLog(paths.log);
  const offset = (await log.stat()).size;
  const { file, args, ...account } = launchCommand(launcher, binaries.postgres, postgresArguments(paths, socketDir));
  const child = spawn(file, args, {
    ...account,
    cwd: '/',
    env: launchEnvironment(binaries),
    stdio: ['ignore', log.fd, log.fd],
    // A group of its own: Ctrl-C in a terminal is for us, and the database must outlast what we still want to write.
    detached: true,
  });
  const server = await spawned(child, socketDir).finally(() => log.close());
  onSpawn(server);
  if (!(await untilReady(server, paths.cluster))) {
    throw explainFailure('starting', await readLogFrom(paths.log, offset), paths);
  }
  return server;
}

function spawned(child: ChildProcess, socketDir: string): Promise<Server> {
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve({ pid: child.pid, socketDir, exited });
    });
  });
}

/** Waits until a server answers; false when it ended before that. */
export async function untilReady(server: Server, cluster: string): Promise<boolean> {
  const gone = new AbortController();
  void server.exited.then(() => gone.abort());
  while (!gone.signal.aborted) {
    // The file is asked first: each refused connection is a line in the server's log.
    const file = await readPostmasterFile(cluster);
    if (file?.pid === server.pid && file.isReady && (await answers(server.socketDir))) return true;
    await delay(5);
  }
  return false;
}

/**
 * The server that an earlier process left running on this cluster, or null. `sameSettings` is false when it runs other
 * programs, or with other settings, than we would start.
 */
export async function findServer(
  paths: ClusterPaths,
  binaries: Binaries,
): Promise<{ server: Server; sameSettings: boolean } | null> {
  const file = await readPostmasterFile(paths.cluster);
  const facts = file && processFacts(file.pid);
  if (!file || !facts || !belongsToServer(facts, paths.name)) return null;
  const server = { pid: file.pid, socketDir: file.socketDir, exited: untilGone(file.pid, facts.startedAt) };
  const options = await readFile(join(paths.cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  const expected = recordedOptions(binaries.postgres, postgresArguments(paths, file.socketDir));
  return { server, sameSettings: options === expected && (await runsInstalled(file.pid, binaries.postgres)) };
}

/** A reinstalled package has other files under the same names; the old ones miss their libraries. */
async function runsInstalled(pid: number, binary: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const [running, installed] = await Promise.all([stat(`/proc/${pid}/exe`).catch(() => null), stat(binary)]);
  return running === null || (running.dev === installed.dev && running.ino === installed.ino);
}

async function untilGone(pid: number, startedAt: string): Promise<ServerExit> {
  while (processFacts(pid)?.startedAt === startedAt) await delay(LOOK_EVERY_MS);
  return { code: null, signal: null };
}

/** Fast shutdown: sessions are ended, everything is written, nothing needs recovery. After a minute at once instead. */
export async function stopServer(server: Server): Promise<void> {
  signal(server.pid, 'SIGINT');
  const patience = new AbortController();
  const late = delay(FAST_SHUTDOWN_MS, 'late', { signal: patience.signal }).catch(() => 'stopped');
  if ((await Promise.race([server.exited, late])) === 'late') signal(server.pid, 'SIGQUIT');
  await server.exited;
  patience.abort();
}
