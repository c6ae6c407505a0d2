import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { LearnTables } from '../tables.ts';

export type ActionItemRow = Selectable<LearnTables['actionItem']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<LearnTables>();

export async function findActionItem(ctx: Ctx, id: string): Promise<ActionItemRow> {
  const row = await tables(ctx)
    .selectFrom('actionItem')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('action item', id);
  return row;
}

export function insertActionItem(ctx: Ctx, row: Insertable<LearnTables['actionItem']>): Promise<ActionItemRow> {
  return tables(ctx).insertInto('actionItem').values(row).returningAll().executeTakeFirstOrThrow();
}

/** Changes an item that is still open; undefined when it is not. */
export function updateOpenActionItem(
  ctx: Ctx,
  id: string,
  change: Updateable<LearnTables['actionItem']>,
): Promise<ActionItemRow | undefined> {
  return tables(ctx)
    .updateTable('actionItem')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst();
}

export type ActionItemFilter = {
  readonly state?: ActionItemRow['state'] | undefined;
  readonly incidentId?: string | undefined;
  readonly ownerId?: string | undefined;
  /** Only items due before this calendar date. */
  readonly dueBefore?: string | undefined;
  readonly after?: { readonly dueOn: string; readonly id: string } | undefined;
  readonly limit: number;
};

/** A page of action items, next due first. */
export function selectActionItems(ctx: Ctx, filter: ActionItemFilter): Promise<ActionItemRow[]> {
  let query = tables(ctx).selectFrom('actionItem').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.incidentId) query = query.where('incidentId', '=', filter.incidentId);
  if (filter.ownerId) query = query.where('ownerUserId', '=', filter.ownerId);
  if (filter.dueBefore) query = query.where('dueOn', '<', filter.dueBefore);
  if (filter.after) query = query.where(sql<boolean>`(due_on, id) > (${filter.after.dueOn}, ${filter.after.id})`);
  return query.orderBy('dueOn').orderBy('id').limit(filter.limit).execute();
}

/** How many open items each of these incidents has. */
export async function countOpenByIncident(ctx: Ctx, incidentIds: readonly string[]): Promise<Map<string, number>> {
  if (incidentIds.length === 0) return new Map();
  const rows = await tables(ctx)
    .selectFrom('actionItem')
    .select(['incidentId', (eb) => eb.fn.countAll<number>().as('open')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '=', 'open')
    .where('incidentId', 'in', [...incidentIds])
    .groupBy('incidentId')
    .execute();
  return new Map(rows.map((row) => [row.incidentId, row.open]));
}

export async function countActionItems(
  ctx: Ctx,
  today: string,
): Promise<{ open: number; overdue: number; done: number; waived: number }> {
  const row = await tables(ctx)
    .selectFrom('actionItem')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('state', '=', 'open').as('open'),
      eb.fn
        .countAll<number>()
        .filterWhere((f) => f.and([f('state', '=', 'open'), f('dueOn', '<', today)]))
        .as('overdue'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'done').as('done'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'waived').as('waived'),
    ])
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirstOrThrow();
  return row;
}
