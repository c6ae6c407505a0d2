import { mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { RULES } from '#app/compose.ts';
import { openDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts';
import { silentLogger } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { runDue } from '#platform/scheduler.ts';
import { createFakeClock } from './clock.ts';
import { composeForTest, type Founded, foundWorkspace } from './founding.ts';
import { keepContents } from './reset.ts';

const EMPTY = 'allclear_empty';
const FOUNDED = 'allclear_founded';
/** Ids of one instant made in two processes have no order: whoever is there from the start is older than the rest. */
const BEFORE_TESTS = '2026-11-25T09:59:59Z';
const PREFIX = 'allclear-test-';
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6e9;

/** One PostgreSQL for the run, with a migrated database that every test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandoned();
  const dataDir = await mkdtemp(join(await roomiestFolder(), `${PREFIX}${process.pid}-`));
  const server = await startEmbeddedPostgres({ dataDir, log: silentLogger });
  const { connection } = server;
  const client = new Client(connection);
  await client.connect();
  // These databases end with the run: nothing of them need survive a power cut, and waiting for the disk is most of the time.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum'])
    await client.query(`alter system set ${setting} = off`);
  await client.query('select pg_reload_conf()');
  await client.query(`create database ${EMPTY}`);
  await migrate({ ...connection, database: EMPTY });
  await client.query(`create database ${FOUNDED} template ${EMPTY}`);
  await client.end();
  const by = await found({ ...connection, database: FOUNDED });
  const keeper = new Client({ ...connection, database: FOUNDED });
  await keeper.connect();
  await keepContents(keeper);
  await keeper.end();
  project.provide('postgres', { connection, empty: { template: EMPTY }, founded: { template: FOUNDED, by } });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** What most tests start with is made once: a workspace, its owner, and what each room prepares for them and does daily. */
async function found(connection: Parameters<typeof openDatabase>[0]): Promise<Founded> {
  const { database, close } = openDatabase(connection, { max: 2 });
  const clock = createFakeClock(BEFORE_TESTS);
  const { system, jobs } = composeForTest(database, clock, silentLogger);
  const by = await foundWorkspace(system);
  await jobs.drain(system);
  await runDue(system, RULES, clock.now());
  await jobs.drain(system);
  await close();
  return by;
}

/** In memory where there is room: hundreds of databases are made of files, and thrown away. */
async function roomiestFolder(): Promise<string> {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
}

/** Ends the servers of runs that were killed before they could. */
async function clearAbandoned(): Promise<void> {
  for (const dataDir of [...(await foldersIn(tmpdir())), ...(await foldersIn(MEMORY))]) {
    if (isAlive(Number(basename(dataDir).slice(PREFIX.length).split('-')[0]))) continue;
    const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    if (file !== '') await startEmbeddedPostgres({ dataDir, log: silentLogger }).then((server) => server.stop());
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function foldersIn(place: string): Promise<string[]> {
  const names = await readdir(place).catch(() => []);
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => join(place, name));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
