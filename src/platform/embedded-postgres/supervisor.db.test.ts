import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../log.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './index.ts';
import { installedPackage } from './binaries.ts';

let folder = '';
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-supervisor-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rm(folder, { recursive: true }));

async function start(dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: silentLogger, ...more });
  running.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, text: string): Promise<unknown[][]> {
  const client = new Client(server.connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server in a process of its own that counts up in a table and says each number once it is committed. */
async function countInChild(
  dataDir: string,
): Promise<{ child: ChildProcess; committed: () => number; postgresPid: number }> {
  const here = JSON.stringify(join(import.meta.dirname, 'index.ts'));
  const script = `
    import pg from ${JSON.stringify(import.meta.resolve('pg'))};
    import { startEmbeddedPostgres } from ${here};
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
    const client = new pg.Client(server.connection);
    await client.connect();
    await client.query('create table if not exists counted (n serial)');
    console.log('pid ' + server.pid);
    for (;;) console.log((await client.query('insert into counted default values returning n')).rows[0].n);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface(child.stdout);
  let last = 0;
  const [first] = (await once(lines, 'line')) as [string];
  lines.on('line', (line) => {
    last = Number(line);
  });
  await vi.waitUntil(() => last > 0);
  return { child, committed: () => last, postgresPid: Number(first.slice(4)) };
}

describe('embedded PostgreSQL', () => {
  it('runs with safe, small and machine-independent settings on a closed socket only', async () => {
    const server = await start(join(folder, 'settings'));
    const rows = await query(
      server,
      `select name, setting from pg_settings where name in
       ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'wal_level', 'autovacuum', 'server_encoding', 'data_checksums')`,
    );
    expect(Object.fromEntries(rows)).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      autovacuum: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      TimeZone: 'UTC',
      wal_level: 'minimal',
      server_encoding: 'UTF8',
    });
    expect(
      await query(server, 'select datlocprovider, datlocale from pg_database where datname = current_database()'),
    ).toEqual([['b', 'C.UTF-8']]);
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
    await server.stop();
    await expect(stat(server.connection.host)).rejects.toThrow('ENOENT');
    expect(await readdir(join(folder, 'settings'))).not.toContain(expect.stringContaining('.new-'));
  });

  it('is started again after each of five kills, with everything that was committed', async () => {
    const server = await start(join(folder, 'killed'));
    const exits: unknown[] = [];
    server.onExit((exit) => exits.push(exit));
    await query(server, 'create table kept (round int)');
    for (let round = 1; round <= 5; round += 1) {
      await query(server, `insert into kept values (${round})`);
      const before = server.pid;
      process.kill(before, 'SIGKILL');
      await vi.waitUntil(() => query(server, 'select 1').then(Boolean, () => false), { timeout: 20_000 });
      expect(server.pid).not.toBe(before);
      expect(await query(server, 'select count(*)::int from kept')).toEqual([[round]]);
    }
    expect(exits).toEqual(Array.from({ length: 5 }, () => ({ code: null, signal: 'SIGKILL' })));
  });

  it('is started again although a query that was running then does not end by itself', async () => {
    const server = await start(join(folder, 'busy'));
    const endless = query(server, 'select count(*) from generate_series(1, 1e12::bigint) as a').catch(() => 'cut off');
    await vi.waitUntil(
      async () =>
        (await query(server, "select 1 from pg_stat_activity where query like '%1e12%' and state = 'active'")).length >
        1,
    );
    process.kill(server.pid, 'SIGKILL');
    await vi.waitUntil(() => query(server, 'select 1').then(Boolean, () => false), { timeout: 20_000 });
    expect(await endless).toBe('cut off');
  });

  it('outlives five kills of the process that started it, is found each time, and has every answered write', async () => {
    const dataDir = join(folder, 'orphaned');
    for (let round = 1; round <= 5; round += 1) {
      const { child, committed, postgresPid } = await countInChild(dataDir);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const answered = committed();
      const server = await startEmbeddedPostgres({ dataDir, log: silentLogger });
      expect(server).toMatchObject({ reattached: true, pid: postgresPid });
      const [[highest] = []] = await query(server, 'select max(n) from counted');
      expect(highest).toBeGreaterThanOrEqual(answered);
      await server.stop();
    }
  });

  it('is supervised also when it was found running', async () => {
    const dataDir = join(folder, 'adopted');
    const { child, postgresPid } = await countInChild(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start(dataDir);
    expect(server.reattached).toBe(true);
    process.kill(postgresPid, 'SIGKILL');
    await vi.waitUntil(() => server.pid !== postgresPid && query(server, 'select 1').then(Boolean, () => false), {
      timeout: 20_000,
    });
  });

  it('is not taken over with settings other than ours, but started anew', async () => {
    const dataDir = join(folder, 'upgraded');
    const { child } = await countInChild(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(join(dataDir, 'postgres', 'postmaster.opts'), '/old/postgres "-D"\n');
    const server = await start(dataDir);
    expect(server.reattached).toBe(false);
    expect(await query(server, 'select count(*) > 0 from counted')).toEqual([[true]]);
  });

  it('refuses a directory that another live server holds', async () => {
    const dataDir = join(folder, 'held');
    const { child } = await countInChild(dataDir);
    await expect(start(dataDir)).rejects.toThrow(`Another Allclear server (process ${child.pid}, since `);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await start(dataDir)).reattached).toBe(true);
  });

  it('runs below a folder that only its owner can enter, whoever that is', async () => {
    await mkdir(join(folder, 'closed'), { mode: 0o700 });
    const server = await start(join(folder, 'closed', 'data'));
    process.kill(server.pid, 'SIGKILL');
    await vi.waitUntil(() => query(server, 'select 1').then(Boolean, () => false), { timeout: 20_000 });
    await server.stop();
    expect((await start(join(folder, 'closed', 'data'))).reattached).toBe(false);
  });

  it('runs from a package below a folder only root can enter, whose install script was skipped', async () => {
    const packageDir = join(folder, 'package');
    await cp(installedPackage(), packageDir, { recursive: true, verbatimSymlinks: true });
    for (const { target } of JSON.parse(await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[]) {
      await rm(join(packageDir, target), { force: true });
    }
    const server = await start(join(folder, 'unlinked'), { packageDir });
    expect(await query(server, 'select 1')).toEqual([[1]]);
  });

  it('starts again on what an interrupted first start left', async () => {
    const dataDir = join(folder, 'interrupted');
    await mkdir(join(dataDir, 'postgres.new-1', 'base'), { recursive: true });
    await start(dataDir);
    expect((await readdir(dataDir)).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  it('does not use a socket folder of the same name that somebody else has opened', async () => {
    const dataDir = join(folder, 'squatted');
    const first = await start(dataDir);
    const { host } = first.connection;
    await first.stop();
    await mkdir(host, { mode: 0o777 });
    const second = await start(dataDir);
    expect(second.connection.host).toMatch(new RegExp(`^${host}-.{6}$`));
    await rm(host, { recursive: true });
  });

  it.each([
    ['99', 'was made by PostgreSQL 99, a newer version than the 18 of this Allclear'],
    ['15', 'was made by PostgreSQL 15, an older version than the 18 of this Allclear'],
    ['', 'is not a PostgreSQL data directory'],
  ])('refuses a cluster of version "%s"', async (version, sentence) => {
    const cluster = join(folder, `version-${version}`, 'postgres');
    await mkdir(cluster, { recursive: true });
    await writeFile(join(cluster, 'PG_VERSION'), `${version}\n`);
    await expect(start(join(cluster, '..'))).rejects.toThrow(sentence);
  });
});
