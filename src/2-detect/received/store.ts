import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { ReceivedTables } from './tables.ts';

export type ReceivedRow = Selectable<ReceivedTables['receivedMessage']>;

const db = (database: Database) => database.withTables<ReceivedTables>();

/** Keeps messages of one source, and of that source only the latest `keep`. */
export async function insertReceived(
  database: Database,
  source: { readonly workspaceId: string; readonly id: string },
  rows: readonly ReceivedRow[],
  keep: number,
): Promise<void> {
  await db(database)
    .insertInto('receivedMessage')
    .values([...rows])
    .execute();
  await db(database)
    .deleteFrom('receivedMessage')
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .where('id', '<=', (eb) =>
      eb
        .selectFrom('receivedMessage')
        .select(sql<string>`id`.as('id'))
        .where('workspaceId', '=', source.workspaceId)
        .where('alertSourceId', '=', source.id)
        .orderBy('id', 'desc')
        .offset(keep)
        .limit(1),
    )
    .execute();
}

/** Newest first. */
export async function selectReceived(
  ctx: Ctx,
  where: { alertSourceId: string; beforeId: string | null; limit: number },
): Promise<ReceivedRow[]> {
  let query = db(ctx.transaction)
    .selectFrom('receivedMessage')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', where.alertSourceId);
  if (where.beforeId !== null) query = query.where('id', '<', where.beforeId);
  return await query.orderBy('id', 'desc').limit(where.limit).execute();
}

/** Forgets messages of every workspace that are older than this. */
export async function deleteReceivedBefore(database: Database, before: Date): Promise<void> {
  await db(database).deleteFrom('receivedMessage').where('receivedAt', '<', before).execute();
}
