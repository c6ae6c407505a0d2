import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey, listWorkspaceIds, type NewApiKey, ownerOf } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { Config } from '#platform/config.ts';
import type { System } from '#platform/ctx.ts';
import { type Connection, openDatabase } from '#platform/database.ts';
import { findRunningPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts';
import type { JobSender } from '#platform/jobs.ts';
import { createLiveHub } from '#platform/live.ts';
import { silentLogger } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { compose } from './compose.ts';

const refuse = async () => {
  throw new Error('Invariant broken: making a key sends nothing');
};
const noJobs: JobSender = { send: refuse, sendAll: refuse };

/**
 * Makes an API key of the first owner directly in an installation's database, beside a running server or without one:
 * for whoever may read its data directory or knows its `DATABASE_URL`.
 */
export async function makeLocalKey(config: Config, wanted: NewApiKey) {
  const { connection, done } = await reach(config);
  const { database, close } = openDatabase(connection, { max: 2 });
  try {
    // Keys are stored as digests, so the installation's own secret key is not needed, and none is made here.
    const system = compose({
      config,
      secretKey: 'unused',
      database,
      jobs: noJobs,
      live: createLiveHub(),
      log: silentLogger,
    });
    return await make(system, wanted);
  } finally {
    await close();
    await done();
  }
}

async function make(system: System, wanted: NewApiKey) {
  const [workspaceId] = await listWorkspaceIds(system);
  if (!workspaceId)
    throw new AppError(
      'conflict',
      'This installation has no owner yet. Open it in a browser, or set ALLCLEAR_OWNER_EMAIL and ALLCLEAR_OWNER_PASSWORD.',
    );
  const owner = await ownerOf(system.read({ actor: systemActor('cli'), workspaceId }));
  const actor = { kind: 'user', userId: owner.id, role: owner.role, channel: 'cli' } as const;
  return system.transact({ actor, workspaceId }, (ctx) => createApiKey(ctx, wanted));
}

async function reach(config: Config): Promise<{ connection: Connection; done: () => Promise<void> }> {
  const nothing = async () => undefined;
  if (config.databaseUrl) return { connection: config.databaseUrl, done: nothing };
  const running = await findRunningPostgres(config.dataDir);
  if (running) return { connection: running, done: nothing };
  if (!existsSync(join(config.dataDir, 'postgres'))) {
    throw new AppError(
      'not_found',
      `There is no installation in ${config.dataDir}. Set ALLCLEAR_DATA_DIR, or start the server once.`,
    );
  }
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: silentLogger });
  await migrate(postgres.connection);
  return { connection: postgres.connection, done: () => postgres.stop() };
}
