import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MappingTables } from './tables.ts';

export type MappingRow = Selectable<MappingTables['alertSourceMapping']>;
export type SubscriptionRow = Selectable<MappingTables['snsSubscription']>;
type RefusedRow = Selectable<MappingTables['refusedSignal']>;
type SourceRef = { readonly workspaceId: string; readonly id: string };

const db = (database: Database) => database.withTables<MappingTables>();

export async function selectMapping(database: Database, source: SourceRef): Promise<MappingRow | null> {
  const row = await db(database)
    .selectFrom('alertSourceMapping')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .executeTakeFirst();
  return row ?? null;
}

export async function upsertMapping(ctx: Ctx, row: Insertable<MappingTables['alertSourceMapping']>): Promise<void> {
  await db(ctx.transaction)
    .insertInto('alertSourceMapping')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'alertSourceId'])
        .doUpdateSet({ mapping: row.mapping, sample: row.sample, changedAt: row.changedAt }),
    )
    .execute();
}

export async function deleteMapping(ctx: Ctx, alertSourceId: string): Promise<void> {
  await db(ctx.transaction)
    .deleteFrom('alertSourceMapping')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', alertSourceId)
    .execute();
}

export async function selectSubscription(database: Database, source: SourceRef): Promise<SubscriptionRow | null> {
  const row = await db(database)
    .selectFrom('snsSubscription')
    .selectAll()
    .where('workspaceId', '=', source.workspaceId)
    .where('alertSourceId', '=', source.id)
    .executeTakeFirst();
  return row ?? null;
}

/** The latest request counts: its address is the only one that still works. */
export async function upsertSubscription(
  database: Database,
  row: Insertable<MappingTables['snsSubscription']>,
): Promise<void> {
  const { topicArn, subscribeUrl, askedAt } = row;
  await db(database)
    .insertInto('snsSubscription')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'alertSourceId'])
        .doUpdateSet({ topicArn, subscribeUrl, askedAt, confirmedAt: null }),
    )
    .execute();
}

/** Notes that the request with this address was confirmed; false when a newer one has taken its place. */
export async function markConfirmed(ctx: Ctx, alertSourceId: string, subscribeUrl: string): Promise<boolean> {
  const result = await db(ctx.transaction)
    .updateTable('snsSubscription')
    .set({ confirmedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', alertSourceId)
    .where('subscribeUrl', '=', subscribeUrl)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Keeps what was refused, and of each source only the latest `keep`. */
export async function insertRefused(database: Database, row: RefusedRow, keep: number): Promise<void> {
  await db(database).insertInto('refusedSignal').values(row).execute();
  await db(database)
    .deleteFrom('refusedSignal')
    .where('workspaceId', '=', row.workspaceId)
    .where('alertSourceId', '=', row.alertSourceId)
    .where('id', '<=', (eb) =>
      eb
        .selectFrom('refusedSignal')
        .select(sql<string>`id`.as('id'))
        .where('workspaceId', '=', row.workspaceId)
        .where('alertSourceId', '=', row.alertSourceId)
        .orderBy('id', 'desc')
        .offset(keep)
        .limit(1),
    )
    .execute();
}

/** Newest first. */
export async function selectRefused(
  ctx: Ctx,
  where: { alertSourceId: string; beforeId: string | null; limit: number },
): Promise<RefusedRow[]> {
  let query = db(ctx.transaction)
    .selectFrom('refusedSignal')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertSourceId', '=', where.alertSourceId);
  if (where.beforeId !== null) query = query.where('id', '<', where.beforeId);
  return await query.orderBy('id', 'desc').limit(where.limit).execute();
}
