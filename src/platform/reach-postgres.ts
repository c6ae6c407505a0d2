import { Client } from 'pg';
import { AppError } from '#kernel/errors.ts';

const OLDEST_VERSION = 15;
const CONNECT_TIMEOUT_MS = 10_000;

/** Connects once. Refuses `unavailable` with a sentence for whoever set `DATABASE_URL`, which never names the password. */
export async function reachPostgres(databaseUrl: string): Promise<void> {
  const { host } = new URL(databaseUrl);
  const refuse = (why: string) =>
    new AppError('unavailable', `PostgreSQL at ${host} cannot be used: ${why}. Check DATABASE_URL and the server.`);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // What happens to the connection later is said by the query that it fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const version = rows[0]?.server_version ?? '';
    if (Number.parseInt(version, 10) < OLDEST_VERSION)
      throw refuse(`it is version ${version}, and ${OLDEST_VERSION} or newer is needed`);
  } catch (error) {
    throw error instanceof AppError ? error : refuse(reasonOf(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A host with several addresses fails with all their errors at once, and no words of its own. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message : String(first);
}
