import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { Repeat } from './series-contract.ts';

export type MaintenanceSeries = Selectable<MonitorTables['maintenanceSeries']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type SeriesPage = {
  readonly state: 'active' | 'over' | undefined;
  readonly beforeId: string | null;
  readonly limit: number;
};

/** Newest first. */
export function selectSeriesPage(ctx: Ctx, { state, beforeId, limit }: SeriesPage): Promise<MaintenanceSeries[]> {
  let query = tables(ctx).selectFrom('maintenanceSeries').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (state !== undefined) query = query.where('endedAt', state === 'active' ? 'is' : 'is not', null);
  if (beforeId !== null) query = query.where('id', '<', beforeId);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** Of these ids, those that are over as well. */
export async function selectSeriesByIds(ctx: Ctx, ids: readonly string[]): Promise<MaintenanceSeries[]> {
  return tables(ctx)
    .selectFrom('maintenanceSeries')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
}

/** Locks the row until the transaction ends. */
export function lockSeries(ctx: Ctx, seriesId: string): Promise<MaintenanceSeries | undefined> {
  return tables(ctx)
    .selectFrom('maintenanceSeries')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', seriesId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertSeries(
  ctx: Ctx,
  row: Omit<Insertable<MonitorTables['maintenanceSeries']>, 'workspaceId'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('maintenanceSeries')
    .values({ ...row, workspaceId: ctx.workspaceId, repeat: asJson(row.repeat) })
    .execute();
}

export async function updateSeries(
  ctx: Ctx,
  seriesId: string,
  { repeat, ...change }: Updateable<MonitorTables['maintenanceSeries']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('maintenanceSeries')
    .set({ ...change, ...(repeat === undefined ? {} : { repeat: asJson(repeat) }) })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', seriesId)
    .execute();
}

function asJson(repeat: Repeat) {
  return sql<Repeat>`${JSON.stringify(repeat)}::jsonb`;
}

/** What a series has planned that has not begun: planned ones, and what was called off when `all`. In order. */
export function selectPlanned(ctx: Ctx, seriesIds: readonly string[], each: number) {
  return tables(ctx)
    .selectFrom('maintenanceSeries as s')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('maintenanceWindow as w')
          .select(['w.id', 'w.startsAt', 'w.endsAt', 'w.endedAt'])
          .whereRef('w.workspaceId', '=', 's.workspaceId')
          .whereRef('w.seriesId', '=', 's.id')
          .where('w.startsAt', '>', ctx.now)
          .orderBy('w.startsAt')
          .limit(each)
          .as('w'),
      (join) => join.onTrue(),
    )
    .select(['s.id as seriesId', 'w.id', 'w.startsAt', 'w.endsAt', 'w.endedAt'])
    .where('s.workspaceId', '=', ctx.workspaceId)
    .where('s.id', '=', sql<string>`any(${[...seriesIds]}::text[])`)
    .orderBy('w.startsAt')
    .execute();
}

/** Takes back what is planned of a series and was not called off. What has begun stays. */
export async function deletePlanned(ctx: Ctx, seriesId: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('maintenanceWindow')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('seriesId', '=', seriesId)
    .where('startsAt', '>', ctx.now)
    .where('endedAt', 'is', null)
    .execute();
}

/** Series of all workspaces for which windows are to be planned by now. */
export function selectSeriesToPlan(database: Database, now: Date) {
  return database
    .withTables<MonitorTables>()
    .selectFrom('maintenanceSeries')
    .select(['workspaceId', 'id'])
    .where('endedAt', 'is', null)
    .where('planDueAt', '<=', now)
    .limit(500)
    .execute();
}
