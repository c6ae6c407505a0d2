import { Client } from 'pg';
import { DATABASE, SUPERUSER } from './arguments.ts';
import { errorCode } from './failure.ts';
import { PORT } from './paths.ts';

const NO_SUCH_DATABASE = '3D000';

/** Whether the server takes queries for our database, which is made if it is not there yet. */
export async function answers(socketDir: string): Promise<boolean> {
  try {
    await query(socketDir, DATABASE, 'select 1');
    return true;
  } catch (error) {
    if (errorCode(error) !== NO_SUCH_DATABASE) return false;
  }
  // Refusals other than "not yet" show at the next question.
  await query(socketDir, 'postgres', `create database ${DATABASE}`).catch(() => undefined);
  return false;
}

async function query(socketDir: string, database: string, text: string): Promise<void> {
  const client = new Client({
    host: socketDir,
    port: PORT,
    user: SUPERUSER,
    database,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, a server that dies in this moment would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => undefined);
  }
}
