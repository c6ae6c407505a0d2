import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { AlertSourceTables } from './tables.ts';

export type AlertSourceRow = Selectable<AlertSourceTables['alertSource']>;

const db = (database: Database) => database.withTables<AlertSourceTables>();

export async function insertAlertSource(ctx: Ctx, row: Insertable<AlertSourceTables['alertSource']>): Promise<void> {
  await db(ctx.transaction).insertInto('alertSource').values(row).execute();
}

/** Newest first. */
export async function selectAlertSources(
  ctx: Ctx,
  page: { beforeId: string | null; limit: number },
): Promise<AlertSourceRow[]> {
  let query = db(ctx.transaction)
    .selectFrom('alertSource')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('deletedAt', 'is', null);
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function selectAlertSource(ctx: Ctx, sourceId: string): Promise<AlertSourceRow | null> {
  const row = await db(ctx.transaction)
    .selectFrom('alertSource')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sourceId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export async function updateAlertSourceName(ctx: Ctx, sourceId: string, name: string): Promise<void> {
  await db(ctx.transaction)
    .updateTable('alertSource')
    .set({ name })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sourceId)
    .execute();
}

export async function updateAlertSource(
  ctx: Ctx,
  sourceId: string,
  change: Partial<Pick<AlertSourceRow, 'shadow' | 'signalsPerMinute'>>,
): Promise<void> {
  await db(ctx.transaction)
    .updateTable('alertSource')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sourceId)
    .execute();
}

/** Of alerts: what was not announced yet does not know that its source is in shadow. */
export const NOT_IN_SHADOW = sql<boolean>`not exists (select 1 from alert_source s where s.workspace_id = alert.workspace_id and s.id = alert.alert_source_id and s.shadow)`;

/** Returns whether there was one. */
export async function markAlertSourceDeleted(ctx: Ctx, sourceId: string): Promise<boolean> {
  const result = await db(ctx.transaction)
    .updateTable('alertSource')
    .set({ deletedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sourceId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The one query that names no workspace: the key says which one it is. A replaced key works until its time is up. */
export async function selectAlertSourceByKey(
  database: Database,
  keyDigest: string,
  now: Date,
): Promise<AlertSourceRow | null> {
  const row = await db(database)
    .selectFrom('alertSource')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('keyDigest', '=', keyDigest),
        eb.and([eb('previousKeyDigest', '=', keyDigest), eb('previousKeyUntil', '>', now)]),
      ]),
    )
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export async function updateLastSignal(
  database: Database,
  source: { workspaceId: string; id: string },
  at: Date,
): Promise<void> {
  await db(database)
    .updateTable('alertSource')
    .set({ lastSignalAt: at })
    .where('workspaceId', '=', source.workspaceId)
    .where('id', '=', source.id)
    .execute();
}

/** Gives a source a new key; the one before works until `previousKeyUntil`, or not at all. */
export async function updateKey(
  ctx: Ctx,
  sourceId: string,
  key: Pick<AlertSourceRow, 'keyDigest' | 'keySealed' | 'previousKeyDigest' | 'previousKeyUntil' | 'keyChangedAt'>,
): Promise<void> {
  await db(ctx.transaction)
    .updateTable('alertSource')
    .set(key)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sourceId)
    .execute();
}
