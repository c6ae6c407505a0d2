import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabasePool, openDatabase, overPool } from '#platform/database.ts';
import type { Founded } from './founding.ts';
import { readShape, resetContents } from './reset.ts';

/** What `global-setup.ts` hands to every test file: one server for the run, and two migrated templates on it. */
type TestPostgres = {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** Nothing in it. */
  readonly empty: { readonly template: string };
  /** A workspace and its owner in it. */
  readonly founded: { readonly template: string; readonly by: Founded };
};

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

export type TestDatabase = DatabasePool & {
  readonly connection: TestPostgres['connection'];
  /** Whom it holds; null when it is empty. */
  readonly founded: Founded | null;
};

/** A database of one's own with nothing in it; dropped by `close`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const made = await copyTemplate(inject('postgres').empty.template);
  return { ...made.opened, connection: made.connection, founded: null, close: made.drop };
}

/** A database with a workspace in it, for one test at a time. */
type Reusable = Awaited<ReturnType<typeof copyTemplate>> & { readonly shape: string; uses: number };

/** What is deleted is not cleared away, so that a database gets slower with each use. */
const MOST_USES = 30;
const free: Reusable[] = [];

/** A database of one's own with a workspace in it; `close` makes it ready for the next test of this worker. */
export async function borrowFoundedDatabase(): Promise<TestDatabase> {
  const { template, by } = inject('postgres').founded;
  const reusable = free.pop() ?? (await makeReusable(template));
  reusable.uses += 1;
  let isOver = false;
  let isShared = reusable.uses >= MOST_USES;
  /** Whoever still asks when its test has ended must not reach the next one. */
  const lent = (): pg.Pool => {
    if (isOver) throw new Error('this test has ended');
    return reusable.opened.pool;
  };
  const pool = Object.assign(Object.create(reusable.opened.pool) as pg.Pool, {
    connect: async () => lent().connect(),
    query: async (...args: [string, unknown[]?]) => lent().query(...args),
    end: async () => {},
  });
  return {
    ...overPool(pool),
    founded: by,
    /** Sessions of a test's own may do anything. */
    get connection() {
      isShared = true;
      return reusable.connection;
    },
    async close() {
      isOver = true;
      const { pool: own } = reusable.opened;
      if (!isShared && (await resetContents(own, reusable.shape))) free.push(reusable);
      else await reusable.drop();
    },
  };
}

async function makeReusable(template: string): Promise<Reusable> {
  const made = await copyTemplate(template);
  return { ...made, shape: await readShape(made.opened.pool), uses: 0 };
}

/** Copied file by file: half the time of copying by log. */
async function copyTemplate(template: string) {
  const { connection } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${template} strategy = file_copy`);
  const own = { ...connection, database: name };
  const opened = openDatabase(own, { max: 8 });
  const drop = async () => {
    await opened.close();
    await onServer(`drop database ${name} with (force)`);
  };
  return { opened, connection: own, drop };

  async function onServer(statement: string) {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
