import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { DrillPersonState } from './contract.ts';
import type { DrillTables } from './tables.ts';

export type DrillRow = Selectable<DrillTables['drill']>;
export type DrillPersonRow = Selectable<DrillTables['drillPerson']>;
export type DrillPlanRow = Selectable<DrillTables['drillPlan']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<DrillTables>();

export async function insertDrill(ctx: Ctx, row: DrillRow): Promise<void> {
  await tables(ctx).insertInto('drill').values(row).execute();
}

/** Adds somebody to a drill; false when another one of theirs runs. */
export async function insertDrillPerson(ctx: Ctx, row: Insertable<DrillTables['drillPerson']>): Promise<boolean> {
  const result = await tables(ctx)
    .insertInto('drillPerson')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateDrillPerson(
  ctx: Ctx,
  of: { readonly drillId: string; readonly userId: string } | { readonly pageId: string },
  values: Updateable<DrillTables['drillPerson']>,
): Promise<DrillPersonRow | undefined> {
  const update = tables(ctx)
    .updateTable('drillPerson')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '=', 'running');
  return (
    'pageId' in of
      ? update.where('pageId', '=', of.pageId)
      : update.where('drillId', '=', of.drillId).where('userId', '=', of.userId)
  )
    .returningAll()
    .executeTakeFirst();
}

export async function findDrill(ctx: Ctx, id: string): Promise<DrillRow | undefined> {
  return tables(ctx)
    .selectFrom('drill')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Newest first, one row more than the limit. */
export async function findDrillsAfter(ctx: Ctx, query: PageQuery): Promise<DrillRow[]> {
  const after = readCursor(query, /^drl_[a-z0-9]{1,64}$/);
  const rows = tables(ctx).selectFrom('drill').selectAll().where('workspaceId', '=', ctx.workspaceId);
  return (after === null ? rows : rows.where('id', '<', after))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}

export async function findDrillPeople(ctx: Ctx, drillIds: readonly string[]): Promise<DrillPersonRow[]> {
  if (drillIds.length === 0) return [];
  return tables(ctx)
    .selectFrom('drillPerson')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('drillId', 'in', drillIds)
    .orderBy('userId')
    .execute();
}

/** Everybody's last drill in one of some states. */
export async function findLastDrills(ctx: Ctx, states: readonly DrillPersonState[]): Promise<DrillPersonRow[]> {
  return tables(ctx)
    .selectFrom('drillPerson')
    .distinctOn('userId')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', 'in', states)
    .orderBy('userId')
    .orderBy('startedAt', 'desc')
    .orderBy('drillId', 'desc')
    .execute();
}

/** How many messages of drills each person has been sent since an instant. */
export async function countDrillsSince(
  ctx: Ctx,
  userIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  if (userIds.length === 0) return new Map();
  const rows = await tables(ctx)
    .selectFrom('drillPerson')
    .select(['userId', (select) => select.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', 'in', userIds)
    .where('startedAt', '>', since)
    .where('pageId', 'is not', null)
    .groupBy('userId')
    .execute();
  return new Map(rows.map(({ userId, count }) => [userId, Number(count)]));
}

export async function findPlan(ctx: Ctx): Promise<DrillPlanRow | undefined> {
  return tables(ctx).selectFrom('drillPlan').selectAll().where('workspaceId', '=', ctx.workspaceId).executeTakeFirst();
}

/** The workspace's plan, held while its drill is started; undefined when it is not due, or another node does it. */
export async function lockDuePlan(ctx: Ctx): Promise<DrillPlanRow | undefined> {
  return tables(ctx)
    .selectFrom('drillPlan')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('nextAt', '<=', ctx.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function writePlan(ctx: Ctx, row: DrillPlanRow): Promise<void> {
  const { workspaceId: _, ...values } = row;
  await tables(ctx)
    .insertInto('drillPlan')
    .values(row)
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet(values))
    .execute();
}

export async function deletePlan(ctx: Ctx): Promise<void> {
  await tables(ctx).deleteFrom('drillPlan').where('workspaceId', '=', ctx.workspaceId).execute();
}

/** The workspaces whose plan is due. */
export async function findDuePlans(system: System, now: Date, limit: number): Promise<string[]> {
  const rows = await system.database
    .withTables<DrillTables>()
    .selectFrom('drillPlan')
    .select('workspaceId')
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
  return rows.map(({ workspaceId }) => workspaceId);
}
