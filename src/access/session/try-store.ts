import { sql } from 'kysely';
import { addSeconds } from '#kernel/duration.ts';
import type { Database } from '#platform/database.ts';
import type { SessionTables } from './tables.ts';

/** What a try counts against: at most `failures` failed ones for a key in a sliding window. */
export type TryLimit = { readonly key: string; readonly failures: number; readonly windowSeconds: number };

const tables = (database: Database) => database.withTables<SessionTables>();

/**
 * Counts a try against each of its keys and answers 0; or counts nothing and answers with the seconds to wait. Tries for
 * the same key go one after another.
 */
export async function insertTry(
  database: Database,
  { id, triedAt }: { readonly id: string; readonly triedAt: Date },
  limits: readonly TryLimit[],
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    for (const key of limits.map((limit) => limit.key).toSorted())
      await sql`select pg_advisory_xact_lock(hashtextextended(${`try:${key}`}, 0))`.execute(transaction);
    let waitSeconds = 0;
    for (const limit of limits) waitSeconds = Math.max(waitSeconds, await waitFor(transaction, limit, triedAt));
    if (waitSeconds > 0) return Math.ceil(waitSeconds);
    await tables(transaction)
      .insertInto('signInTry')
      .values(limits.map(({ key }) => ({ id, key, triedAt })))
      .execute();
    return 0;
  });
}

async function waitFor(database: Database, { key, failures, windowSeconds }: TryLimit, now: Date): Promise<number> {
  const blocking = await tables(database)
    .selectFrom('signInTry')
    .select('triedAt')
    .where('key', '=', key)
    .where('triedAt', '>', addSeconds(now, -windowSeconds))
    .orderBy('triedAt', 'desc')
    .offset(failures - 1)
    .limit(1)
    .executeTakeFirst();
  return blocking ? (blocking.triedAt.getTime() - now.getTime()) / 1_000 + windowSeconds : 0;
}

export async function deleteTry(database: Database, id: string): Promise<void> {
  await tables(database).deleteFrom('signInTry').where('id', '=', id).execute();
}

export async function deleteTries(database: Database, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await tables(database).deleteFrom('signInTry').where('key', 'in', keys).execute();
}

export async function deleteTriesBefore(database: Database, instant: Date): Promise<void> {
  await tables(database).deleteFrom('signInTry').where('triedAt', '<', instant).execute();
}
