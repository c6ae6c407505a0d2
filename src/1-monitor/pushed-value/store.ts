import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { Course } from './pushed-value.ts';

type PushedValueRow = Selectable<MonitorTables['pushedValue']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export async function insertPushedValue(ctx: Ctx, row: Insertable<MonitorTables['pushedValue']>): Promise<void> {
  await tables(ctx).insertInto('pushedValue').values(row).execute();
}

export async function updatePushedValue(
  ctx: Ctx,
  monitorId: string,
  change: Updateable<MonitorTables['pushedValue']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('pushedValue')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}

/** Expects no value until the next one came; nothing happens for other monitors. */
export function suspendValue(ctx: Ctx, monitorId: string): Promise<void> {
  return updatePushedValue(ctx, monitorId, { dueAt: null, heldAt: null, brokenSince: null });
}

export type LockedPushedValue = PushedValueRow & { readonly paused: boolean };

/** Locks them in one order for everybody. */
export function lockPushedValues(ctx: Ctx, monitorIds: readonly string[]): Promise<LockedPushedValue[]> {
  return tables(ctx)
    .selectFrom('pushedValue as p')
    .innerJoin('monitorStatus as s', (join) =>
      join.onRef('s.workspaceId', '=', 'p.workspaceId').onRef('s.monitorId', '=', 'p.monitorId'),
    )
    .selectAll('p')
    .select(sql<boolean>`s.state = 'paused'`.as('paused'))
    .where('p.workspaceId', '=', ctx.workspaceId)
    .where('p.monitorId', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .orderBy('p.monitorId')
    .forUpdate('p')
    .execute();
}

type CourseRow = Course & Pick<PushedValueRow, 'monitorId' | 'valueCount'>;

/** Stores what many have become, in one statement. */
export async function updateCourses(ctx: Ctx, rows: readonly CourseRow[]): Promise<void> {
  await sql`
    update pushed_value p set last_value = c.last_value, last_value_at = c.last_value_at, held_at = c.held_at,
      broken_since = c.broken_since, due_at = c.due_at, value_count = c.value_count
    from unnest(
      ${rows.map((row) => row.monitorId)}::text[], ${rows.map((row) => row.lastValue)}::float8[],
      ${rows.map((row) => row.lastValueAt)}::timestamptz[], ${rows.map((row) => row.heldAt)}::timestamptz[],
      ${rows.map((row) => row.brokenSince)}::timestamptz[], ${rows.map((row) => row.dueAt)}::timestamptz[],
      ${rows.map((row) => row.valueCount)}::int8[]
    ) as c (monitor_id, last_value, last_value_at, held_at, broken_since, due_at, value_count)
    where p.workspace_id = ${ctx.workspaceId} and p.monitor_id = c.monitor_id
  `.execute(ctx.transaction);
}

/** Those of every workspace whose value did not come, longest first. */
export function selectSilentValues(
  database: Database,
  now: Date,
  limit: number,
): Promise<Pick<PushedValueRow, 'workspaceId' | 'monitorId'>[]> {
  return database
    .withTables<MonitorTables>()
    .selectFrom('pushedValue')
    .select(['workspaceId', 'monitorId'])
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .limit(limit)
    .execute();
}

/** How many of every workspace are overdue since before an instant. */
export async function countSilentValues(database: Database, before: Date): Promise<number> {
  const row = await database
    .withTables<MonitorTables>()
    .selectFrom('pushedValue')
    .select((eb) => eb.fn.countAll<string>().as('silent'))
    .where('dueAt', '<', before)
    .executeTakeFirstOrThrow();
  return Number(row.silent);
}
