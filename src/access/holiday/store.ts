import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import type { HolidayTables } from './tables.ts';

export type HolidayCalendar = Selectable<HolidayTables['holidayCalendar']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<HolidayTables>();

/** Makes whoever changes the workspace's calendars wait for this transaction, so that nobody gets two. */
export async function lockCalendars(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holidays:${ctx.workspaceId}`}, 0))`.execute(
    ctx.transaction,
  );
}

/** All of them by name; a workspace has few. */
export async function findCalendars(ctx: Ctx): Promise<HolidayCalendar[]> {
  return tables(ctx)
    .selectFrom('holidayCalendar')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function findCalendar(ctx: Ctx, id: string): Promise<HolidayCalendar | undefined> {
  return tables(ctx)
    .selectFrom('holidayCalendar')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertCalendar(ctx: Ctx, row: Insertable<HolidayTables['holidayCalendar']>): Promise<void> {
  await tables(ctx).insertInto('holidayCalendar').values(row).execute();
}

/** Writes the version after `version`; false when that is not the latest any more, or the calendar is gone. */
export async function advanceCalendar(
  ctx: Ctx,
  id: string,
  version: number,
  change: Updateable<HolidayTables['holidayCalendar']>,
): Promise<boolean> {
  const done = await tables(ctx)
    .updateTable('holidayCalendar')
    .set({ ...change, version: version + 1 })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function deleteCalendarRow(ctx: Ctx, id: string): Promise<boolean> {
  const done = await tables(ctx)
    .deleteFrom('holidayCalendar')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** Calendars of countries that do not reach a year, or were worked out by other rules than these. */
export async function findStaleCalendars(
  system: System,
  year: number,
  rulesVersion: string,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  return system.database
    .withTables<HolidayTables>()
    .selectFrom('holidayCalendar')
    .select(['workspaceId', 'id'])
    .where('country', 'is not', null)
    .where((where) => where.or([where('rulesUntil', '<', year), where('rulesVersion', '!=', rulesVersion)]))
    .limit(limit)
    .execute();
}
