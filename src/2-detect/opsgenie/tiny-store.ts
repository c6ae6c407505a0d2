import type { Database } from '#platform/database.ts';
import type { OpsgenieTables } from './tables.ts';

const db = (database: Database) => database.withTables<OpsgenieTables>();

/** The short number of each alert, by its id; those that have none yet are given one. */
export async function tinyIdsOf(
  database: Database,
  workspaceId: string,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (alertIds.length === 0) return new Map();
  const find = () =>
    db(database)
      .selectFrom('opsgenieTiny')
      .select(['alertId', 'tinyId'])
      .where('workspaceId', '=', workspaceId)
      .where('alertId', 'in', [...alertIds])
      .execute();
  const known = await find();
  const missing = alertIds.filter((id) => !known.some(({ alertId }) => alertId === id)).toSorted();
  if (missing.length > 0)
    await db(database)
      .insertInto('opsgenieTiny')
      .values(missing.map((alertId) => ({ workspaceId, alertId })))
      .onConflict((conflict) => conflict.columns(['workspaceId', 'alertId']).doNothing())
      .execute();
  const all = missing.length > 0 ? await find() : known;
  return new Map(all.map(({ alertId, tinyId }) => [alertId, tinyId]));
}

/** The alert that has a short number; null when none has. */
export async function alertIdOfTiny(database: Database, workspaceId: string, tinyId: string): Promise<string | null> {
  if (!/^\d{1,15}$/.test(tinyId)) return null;
  const row = await db(database)
    .selectFrom('opsgenieTiny')
    .select('alertId')
    .where('workspaceId', '=', workspaceId)
    .where('tinyId', '=', Number(tinyId))
    .executeTakeFirst();
  return row?.alertId ?? null;
}
