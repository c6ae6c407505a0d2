import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { type CalendarDays, holidaysOf, NO_HOLIDAYS } from '../holiday/holidays.ts';
import type { WorkspaceTables } from './tables.ts';
import type { Workspace } from './workspace.ts';

const tables = (database: Database) => database.withTables<WorkspaceTables>();

/** Any constant: whoever makes the first workspace holds it until commit. */
const FIRST_WORKSPACE_LOCK = 4_242_002;

export async function lockFirstWorkspace(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FIRST_WORKSPACE_LOCK})`.execute(ctx.transaction);
}

export async function findWorkspace(database: Database, workspaceId: string): Promise<Workspace | undefined> {
  // Every page asks for it, so it stays one query.
  const row = await tables(database)
    .selectFrom('workspace')
    .selectAll()
    .select(HOLIDAYS)
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row && { ...row, holidays: row.holidays === null ? NO_HOLIDAYS : holidaysOf(row.holidays) };
}

const HOLIDAYS = sql<CalendarDays | null>`(
  select jsonb_build_object('ruleDays', rule_days, 'leftOut', left_out, 'ownDays', own_days)
  from holiday_calendar where holiday_calendar.workspace_id = workspace.id and is_default
)`.as('holidays');

export async function findWorkspaceIds(database: Database): Promise<string[]> {
  const rows = await tables(database).selectFrom('workspace').select('id').orderBy('createdAt').orderBy('id').execute();
  return rows.map((row) => row.id);
}

export async function findWorkspaces(database: Database, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tables(database)
    .selectFrom('workspace')
    .select(['id', 'name', 'slug'])
    .where('id', 'in', ids)
    .orderBy('createdAt')
    .execute();
}

/** False when the slug is taken. */
export async function insertWorkspace(ctx: Ctx, workspace: Omit<Workspace, 'holidays'>): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .insertInto('workspace')
    .values({ ...workspace, businessHours: JSON.stringify(workspace.businessHours) })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateWorkspace(
  ctx: Ctx,
  values: Partial<Pick<Workspace, 'name' | 'timeZone' | 'businessHours'>>,
): Promise<void> {
  const { businessHours, ...plain } = values;
  await tables(ctx.transaction)
    .updateTable('workspace')
    .set({ ...plain, ...(businessHours ? { businessHours: JSON.stringify(businessHours) } : {}) })
    .where('id', '=', ctx.workspaceId)
    .execute();
}
