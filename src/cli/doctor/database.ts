import { Client } from 'pg';
import type { Config } from '#platform/config.ts';
import { clientConfig, type Connection } from '#platform/database.ts';
import { findRunningPostgres } from '#platform/embedded-postgres/index.ts';
import { fail, type Finding, ok, reason, warn } from './finding.ts';

const OLDEST_SUPPORTED = 150_000;
const DRIFT_WARN_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** Reachable, new enough, and of one mind with this machine about the time. */
export async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  const connection = config.databaseUrl ?? (await findRunningPostgres(config.dataDir));
  if (connection === null) return [ok('database', 'embedded PostgreSQL; starts with the server')];
  const name = config.databaseUrl ? `PostgreSQL at ${new URL(config.databaseUrl).host}` : 'embedded PostgreSQL';
  try {
    return await look(connection, name);
  } catch (error) {
    return [
      fail('database', `${name} does not answer: ${reason(error)}. Check DATABASE_URL and that the server runs.`),
    ];
  }
}

async function look(connection: Connection, name: string): Promise<Finding[]> {
  const client = new Client({ ...clientConfig(connection), connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // An end that comes by itself is reported by the query that it breaks.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const before = Date.now();
    const { rows } = await client.query<{ version: string; number: string; now: Date }>(
      "select current_setting('server_version') as version, current_setting('server_version_num') as number, clock_timestamp() as now",
    );
    const [row] = rows;
    if (!row) throw new Error('it gave no answer');
    const drift = clockFinding('clock', 'the database', row.now.getTime(), before, Date.now());
    if (Number(row.number) < OLDEST_SUPPORTED)
      return [fail('database', `${name} is ${row.version}; Allclear needs 15 or newer.`), drift];
    return [ok('database', `${name}, ${row.version}`), drift];
  } finally {
    await client.end();
  }
}

/** Compares another clock with ours, allowing for the time that asking took. */
export function clockFinding(
  check: string,
  whose: string,
  theirMs: number,
  beforeMs: number,
  afterMs: number,
): Finding {
  const off = theirMs < beforeMs ? beforeMs - theirMs : Math.max(0, theirMs - afterMs);
  if (off <= DRIFT_WARN_MS) return ok(check, `this machine and ${whose} agree`);
  return warn(
    check,
    `this machine and ${whose} differ by ${(off / 1_000).toFixed(1)} s. Switch on time synchronisation (NTP); promises and certificates depend on it.`,
  );
}
