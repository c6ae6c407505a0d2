import { rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { DATABASE, SUPERUSER } from './arguments.ts';
import { type Binaries, installedPackage, prepareBinaries } from './binaries.ts';
import { lockDataDirectory } from './data-directory-lock.ts';
import { asStartupError, startupError } from './failure.ts';
import { clusterExists, clusterOwner, initialiseCluster } from './initialise.ts';
import { type Launcher, chooseLauncher, launchers, serviceAccount } from './launcher.ts';
import { clearLeftovers } from './leftovers.ts';
import { type ClusterPaths, PORT, clusterPaths } from './paths.ts';
import { type Server, type ServerExit, findServer, startServer, stopServer, untilReady } from './server.ts';
import { keepLogBounded } from './server-log.ts';
import { clearSocket, makeSocketDirectory } from './socket-directory.ts';
import { type Start, supervise } from './supervise.ts';

export type EmbeddedPostgres = {
  /** Stays valid for the life of this handle, also across restarts of the server. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** The server's process at this moment. */
  readonly pid: number;
  /** Whether the server was running already, left by a process that was killed. */
  readonly reattached: boolean;
  /** Shuts the server down (fast, everything written) and gives the data directory free. Twice does no harm. */
  readonly stop: () => Promise<void>;
  /** Hears of each end of the server that nobody asked for; it is being started again then. Returns the way to stop. */
  readonly onExit: (listener: (exit: ServerExit) => void) => () => void;
};

export type EmbeddedPostgresOptions = {
  readonly dataDir: string;
  readonly log: Logger;
  /** Gets a line for people whenever a step begins that can take a second or more. */
  readonly onProgress?: (message: string) => void;
  /** The npm package with PostgreSQL's programs; default: the one for this machine. */
  readonly packageDir?: string;
};

const SLOW_START_MS = 2_000;

/**
 * Runs a PostgreSQL of our own on `<dataDir>/postgres`, reachable only through a unix socket in a closed folder. Takes the
 * data directory for this process (see `lockDataDirectory`), makes the cluster on the first start, takes over a server
 * that a killed process left running, and starts the server again whenever it dies. When this process is killed, the
 * server goes on, and the next start finds it.
 *
 * Throws an `AppError` with a sentence for people when the directory is in use, not writable or full, was made by another
 * major version, or the programs are missing.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = lockDataDirectory(options.dataDir);
  try {
    const paths = clusterPaths(lock.directory);
    const binaries = await prepareBinaries(options.packageDir ?? installedPackage(), paths.libraries);
    const exists = await clusterExists(paths, binaries);
    const left = exists ? await takeOver(paths, binaries, options) : null;
    const { server, start } = left ?? (await startFresh(paths, binaries, exists, options));
    return handle(server, start, left !== null, paths, options.log, lock.release);
  } catch (error) {
    lock.release();
    throw asStartupError(error, { dataDir: lock.directory });
  }
}

type Started = { readonly server: Server; readonly start: Start };

/** Null when no server was left running, or one that had to be stopped because it runs with other settings. */
async function takeOver(
  paths: ClusterPaths,
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
): Promise<Started | null> {
  const found = await findServer(paths, binaries);
  if (found === null) return null;
  const { server, sameSettings } = found;
  if (!sameSettings) {
    options.onProgress?.('Stopping the database that an earlier version left running');
    await stopServer(server);
    return null;
  }
  if (!(await announceIfSlow(untilReady(server, paths.cluster), options))) return null;
  options.log.info({ pid: server.pid }, 'database found running and taken over');
  const start: Start = async (onSpawn) => {
    const launcher = await findLauncher(paths, binaries);
    return startServer(paths, binaries, launcher, await ready(paths, launcher, server.socketDir), onSpawn);
  };
  return { server, start };
}

async function startFresh(
  paths: ClusterPaths,
  binaries: Binaries,
  exists: boolean,
  options: EmbeddedPostgresOptions,
): Promise<Started> {
  const launcher = await findLauncher(paths, binaries);
  if (!exists) {
    options.onProgress?.('Making the database (first start only)');
    await initialiseCluster(paths, binaries, launcher);
  }
  const socketDir = await ready(paths, launcher);
  const start: Start = async (onSpawn) =>
    startServer(paths, binaries, launcher, await ready(paths, launcher, socketDir), onSpawn);
  const server = await announceIfSlow(
    start(() => undefined),
    options,
  );
  options.log.info({ pid: server.pid, how: launcher.how }, 'database started');
  return { server, start };
}

async function findLauncher(paths: ClusterPaths, binaries: Binaries): Promise<Launcher> {
  const we = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  const owner = await clusterOwner(paths);
  const candidates = launchers(we, owner, await stat(paths.dataDir), serviceAccount);
  return chooseLauncher(candidates, binaries, owner ? paths.cluster : paths.dataDir, paths.dataDir);
}

/** Clears what a killed server left, and makes its socket's folder, which must keep its path once it is given out. */
async function ready(paths: ClusterPaths, launcher: Launcher, keep?: string): Promise<string> {
  await clearLeftovers(paths);
  const socketDir = await makeSocketDirectory(paths, launcher.owner, keep);
  if (keep !== undefined && socketDir !== keep)
    throw startupError(`The folder ${keep} of the database's socket is gone and cannot be made again.`);
  await clearSocket(socketDir);
  return socketDir;
}

async function announceIfSlow<T>(starting: Promise<T>, { onProgress }: EmbeddedPostgresOptions): Promise<T> {
  const patience = new AbortController();
  delay(SLOW_START_MS, undefined, { signal: patience.signal }).then(
    () => onProgress?.('Waiting for the database, which repairs itself after it was not shut down'),
    () => undefined,
  );
  return starting.finally(() => patience.abort());
}

function handle(
  server: Server,
  start: Start,
  reattached: boolean,
  paths: ClusterPaths,
  log: Logger,
  release: () => void,
): EmbeddedPostgres {
  const supervisor = supervise(server, start, log);
  const stopBounding = keepLogBounded(paths.log);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopBounding();
    await supervisor.stop();
    await rm(server.socketDir, { recursive: true, force: true });
    release();
    log.info({}, 'database stopped');
  };
  return {
    connection: { host: server.socketDir, port: PORT, user: SUPERUSER, database: DATABASE },
    get pid() {
      return supervisor.current().pid;
    },
    reattached,
    onExit: supervisor.onExit,
    stop: () => (stopped ??= stop()),
  };
}
