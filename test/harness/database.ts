import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabasePool, openDatabase } from '#platform/database.ts';
import type { Founded } from './founding.ts';

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

/** A database of one's own, copied from a template (file by file: half the time of copying by log); dropped by `close`. */
export async function createTestDatabase(kind: 'empty' | 'founded' = 'empty'): Promise<TestDatabase> {
  const { connection, empty, founded } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const { template } = kind === 'empty' ? empty : founded;
  await onServer(`create database ${name} template ${template} strategy = file_copy`);
  const own = { ...connection, database: name };
  const opened = openDatabase(own, { max: 8 });
  return {
    ...opened,
    connection: own,
    founded: kind === 'empty' ? null : founded.by,
    async close() {
      await opened.close();
      await onServer(`drop database ${name} with (force)`);
    },
  };

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
