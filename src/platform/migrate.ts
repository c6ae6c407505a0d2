import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import pg from 'pg';
import { AppError } from '#kernel/errors.ts';
import { clientConfig, type Connection } from './database.ts';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
/** Any constant: all nodes of an installation must take the same lock. */
const ADVISORY_LOCK = 4_242_001;
const OLDEST_SUPPORTED = 150_000;

/**
 * Brings the schema up to date: every `migrations/NNNN_*.sql` that was not applied yet, in order, each in its own
 * transaction, then the job queue's schema; all under one advisory lock, so that nodes that start together do not race.
 * Refuses a PostgreSQL older than 15, and a database that a newer Allclear has migrated.
 */
export async function migrate(connection: Connection, onApplied: (name: string) => void = () => undefined) {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  try {
    const version = await client.query<{ v: string }>("select current_setting('server_version_num') as v");
    if (Number(version.rows[0]?.v ?? 0) < OLDEST_SUPPORTED) {
      throw new AppError('unavailable', 'Allclear needs PostgreSQL 15 or newer; the server in DATABASE_URL is older.');
    }
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await applyFiles(client, onApplied);
    await installJobQueue(connection);
  } finally {
    await client.end();
  }
}

async function applyFiles(client: pg.Client, onApplied: (name: string) => void) {
  await client.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
  );
  const applied = new Set(
    (await client.query<{ name: string }>('select name from schema_migration')).rows.map((row) => row.name),
  );
  const files = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).toSorted();
  const unknown = [...applied].filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new AppError(
      'unavailable',
      `This database was migrated by a newer Allclear (${unknown[0]}). Start that version, or restore a backup.`,
    );
  }
  for (const name of files.filter((file) => !applied.has(file))) {
    const text = await readFile(join(MIGRATIONS, name), 'utf8');
    await client.query('begin');
    try {
      await client.query(text);
      await client.query('insert into schema_migration (name) values ($1)', [name]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw new Error(`Migration ${name} failed`, { cause: error });
    }
    onApplied(name);
  }
}

async function installJobQueue(connection: Connection) {
  const { connectionString, ...rest } = clientConfig(connection) as { connectionString?: string };
  const boss = new PgBoss({
    ...(connectionString ? { connectionString } : rest),
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.stop({ graceful: false });
}
