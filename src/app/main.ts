import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureOwner, readOpenSetupCode } from '#access';
import type { Config, Role } from '#platform/config.ts';
import type { System } from '#platform/ctx.ts';
import { type Connection, openDatabase } from '#platform/database.ts';
import { lockDataDirectory, startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts';
import { createJobQueue } from '#platform/job-queue.ts';
import { createLiveHub, feedFromDatabase } from '#platform/live.ts';
import type { Logger } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { reachPostgres } from '#platform/reach-postgres.ts';
import { startSweeping } from '#platform/scheduler.ts';
import { loadOrCreateSecretKey } from '#platform/secrets.ts';
import type { StageService } from '#platform/stage.ts';
import { compose, JOBS, RULES } from './compose.ts';
import { createDashboard } from './http/dashboard.ts';
import { createApplication, listen } from './http/server.ts';
import { PIPELINE } from './pipeline.ts';
import { startWatchdog } from './watchdog/start-watchdog.ts';
import { VERSION } from './version.ts';

const POOL_SIZE = 20;
const QUEUE_POOL_SIZE = 8;

export type RunningServer = {
  readonly system: System;
  readonly url: string;
  /** What the first visit will be asked for; null when it was made, or can be made from this machine only. */
  readonly setupCode: string | null;
  readonly stop: () => Promise<void>;
};

export type StartOptions = {
  readonly config: Config;
  readonly log: Logger;
  /** One line for a person about each step of the start. */
  readonly say?: (line: string) => void;
  /** Folder of the built dashboard; absent = no dashboard (API, workers). */
  readonly dashboardDir?: string;
};

/**
 * Starts an instance: data directory, database, schema, owner, HTTP, and the services of its roles. Whatever was started
 * is stopped again when a later step fails.
 */
export async function startServer({
  config,
  log,
  say = () => undefined,
  dashboardDir,
}: StartOptions): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.toReversed().splice(0)) {
      await step().catch((error: unknown) => log.warn({ err: String(error) }, 'a part did not stop cleanly'));
    }
    undo.length = 0;
  };
  try {
    const { connection, shutDown } = await reachDatabase(config, log, say);
    undo.push(shutDown);
    await migrate(connection, (name) => log.info({ migration: name }, 'migration applied'));

    const { database, close } = openDatabase(connection, { max: POOL_SIZE });
    undo.push(close);
    const hub = createLiveHub();
    undo.push(feedFromDatabase(connection, hub, log));
    const has = (role: Role) => config.roles.has(role);
    const jobs = createJobQueue(connection, log, { supervise: has('worker'), max: QUEUE_POOL_SIZE });
    const secretKey = config.secretKey ?? (await loadOrCreateSecretKey(config.dataDir));
    const system = compose({ config, secretKey, database, jobs, live: hub, log });
    await jobs.open(JOBS);
    undo.push(() => jobs.close());
    await ensureOwner(system);

    let url = config.publicUrl;
    if (has('web')) {
      const dashboard = dashboardDir ? await createDashboard(dashboardDir) : null;
      const server = await listen(system, PIPELINE, createApplication(system, PIPELINE, VERSION, dashboard));
      undo.push(() => closeServer(server));
      const { address, port, family } = server.address() as AddressInfo;
      url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    }
    if (has('worker')) await jobs.work(system, JOBS);
    if (has('scheduler')) undo.push(startSweeping(system, RULES), startWatchdog(system));
    for (const service of PIPELINE.flatMap((stage): readonly StageService[] => stage.services ?? [])) {
      if (has(service.role)) undo.push(await service.start(system));
    }
    return { system, url, setupCode: has('web') ? await readOpenSetupCode(system) : null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes the data directory for this process and reaches the database: the one of DATABASE_URL, or the embedded one in it. */
async function reachDatabase(
  config: Config,
  log: Logger,
  say: (line: string) => void,
): Promise<{ connection: Connection; shutDown: () => Promise<void> }> {
  if (config.databaseUrl) {
    const lock = lockDataDirectory(config.dataDir);
    say(`database   PostgreSQL at ${new URL(config.databaseUrl).host}`);
    await reachPostgres(config.databaseUrl).catch((error: unknown) => {
      lock.release();
      throw error;
    });
    return { connection: config.databaseUrl, shutDown: async () => lock.release() };
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    onProgress: (line) => say(`database   ${line}`),
  });
  say(`database   embedded PostgreSQL in ${config.dataDir}${postgres.reattached ? ', found running' : ''}`);
  return { connection: postgres.connection, shutDown: () => postgres.stop() };
}

async function closeServer(server: Server) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), 3_000);
  await closed;
  clearTimeout(force);
}
