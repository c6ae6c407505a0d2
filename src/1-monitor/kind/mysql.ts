import { defineKind } from './kind.ts';
import { SQL_OPTIONS } from './sql-options.ts';

/** A MySQL or MariaDB server that answers a query. */
export const mysql = defineKind({
  kind: 'mysql',
  schemes: { mysql: { port: 3306, secure: false }, mariadb: { port: 3306, secure: false } },
  options: SQL_OPTIONS,
  secrets: ['password'],
  assertions: ['body', 'response-time', 'certificate'],
  account: true,
});
