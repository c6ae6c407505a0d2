import { defineKind } from './kind.ts';
import { SQL_OPTIONS } from './sql-options.ts';

/** A PostgreSQL database that answers a query. */
export const postgres = defineKind({
  kind: 'postgres',
  schemes: { postgres: { port: 5432, secure: false }, postgresql: { port: 5432, secure: false } },
  options: SQL_OPTIONS,
  secrets: ['password'],
  assertions: ['body', 'response-time', 'certificate'],
  account: true,
});
