import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { createStatementNames, preparedClient } from './prepared-client.ts';

/** How to reach PostgreSQL: a URL, or the embedded server's socket. */
export type Connection = string | { host: string; port: number; user: string; database: string; password?: string };

/**
 * A handle for queries, inside or outside a transaction. It knows no tables: each stage's store adds its own with
 * `withTables<…>()`, so that no stage can reach another's rows by accident.
 */
export type Database = Kysely<Record<never, never>>;

export type DatabasePool = { readonly pool: pg.Pool; readonly database: Database; readonly close: () => Promise<void> };

const BIGINT = 20;

/** pg's client configuration for a connection. */
export function clientConfig(connection: Connection): pg.ClientConfig {
  const base = typeof connection === 'string' ? { connectionString: connection } : connection;
  return { ...base, application_name: 'allclear', keepAlive: true };
}

/** Settings of a pool that keeps the plans of what it asks again and again. */
export function poolConfig(connection: Connection, max: number): pg.PoolConfig {
  return {
    ...clientConfig(connection),
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    Client: preparedClient(createStatementNames()),
    // A plan that was made when a table was nearly empty would read all of it in the storm that fills it, so indexes are
    // preferred from the start; and it goes with its connection.
    onConnect: async (client) => void (await client.query('set enable_seqscan = off')),
    maxLifetimeSeconds: 300,
  };
}

/** A pool of at most `max` connections; snake_case columns appear in camelCase, bigint as number. */
export function openDatabase(connection: Connection, options: { max: number }): DatabasePool {
  const pool = new pg.Pool({
    ...poolConfig(connection, options.max),
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  });
  // A connection that dies while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that dies between two queries of a transaction; the next query of it says so.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return overPool(pool);
}

/** What is asked through a pool that somebody else made. */
export function overPool(pool: pg.Pool): DatabasePool {
  const database = new Kysely<Record<never, never>>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { pool, database, close: () => database.destroy() };
}

/** Runs SQL text with positional values on a handle, as libraries with their own SQL want it. */
export async function runSql(database: Database, text: string, values: readonly unknown[] = []) {
  const result = await database
    .withoutPlugins()
    .executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]));
  return { rows: result.rows };
}

/** Whether a statement failed because two transactions waited for each other; nothing of this one was done. */
export function isDeadlock(error: unknown): boolean {
  return (error as { code?: unknown }).code === '40P01';
}
