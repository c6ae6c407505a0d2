import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabasePool, openDatabase } from '#platform/database.ts';

/** What `global-setup.ts` hands to every test file: one server for the run, and a migrated template on it. */
type TestPostgres = {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  readonly template: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

export type TestDatabase = DatabasePool & { readonly connection: TestPostgres['connection'] };

/** A database of one's own, copied from the migrated template in some 50 ms; dropped by `close`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { connection, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${template}`);
  const own = { ...connection, database: name };
  const opened = openDatabase(own, { max: 8 });
  return {
    ...opened,
    connection: own,
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
