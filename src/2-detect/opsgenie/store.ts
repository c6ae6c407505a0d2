import type { Insertable, Selectable } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import type { OpsgenieTables } from './tables.ts';

export type RequestRow = Selectable<OpsgenieTables['opsgenieRequest']>;

const tables = (database: Database) => database.withTables<OpsgenieTables>();

export async function insertRequest(
  database: Database,
  row: Insertable<OpsgenieTables['opsgenieRequest']>,
): Promise<void> {
  await tables(database).insertInto('opsgenieRequest').values(row).execute();
}

export async function findRequest(database: Database, source: AlertSourceRow, id: string): Promise<RequestRow | null> {
  const row = await tables(database)
    .selectFrom('opsgenieRequest')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Forgets what was asked before an instant, in every workspace. */
export async function deleteRequests(database: Database, before: Date): Promise<void> {
  await tables(database).deleteFrom('opsgenieRequest').where('processedAt', '<', before).execute();
}
