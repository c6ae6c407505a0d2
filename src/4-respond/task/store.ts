import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { TaskTables } from './tables.ts';

export type TaskRow = Selectable<TaskTables['incidentTask']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<TaskTables>();

export async function insertTask(ctx: Ctx, row: Insertable<TaskTables['incidentTask']>): Promise<TaskRow> {
  return tables(ctx).insertInto('incidentTask').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function lockTask(ctx: Ctx, id: string): Promise<TaskRow | undefined> {
  return tables(ctx)
    .selectFrom('incidentTask')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateTask(
  ctx: Ctx,
  id: string,
  values: Updateable<TaskTables['incidentTask']>,
): Promise<TaskRow> {
  return tables(ctx)
    .updateTable('incidentTask')
    .set(values)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** `0` for open tasks, `1` for settled ones, then the id: the order of the list and its cursor. */
const rank = sql<string>`(case when state = 'open' then '0' else '1' end) || id`;

/** Open ones first, then by age; one row more than the limit. */
export async function findTasks(ctx: Ctx, incidentId: string, query: PageQuery): Promise<TaskRow[]> {
  const after = readCursor(query, /^[01]tsk_[a-z0-9]{1,64}$/);
  const tasks = tables(ctx)
    .selectFrom('incidentTask')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId);
  return (after === null ? tasks : tasks.where(rank, '>', after))
    .orderBy(rank)
    .limit(query.limit + 1)
    .execute();
}
