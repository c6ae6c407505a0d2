import type { Selectable } from 'kysely';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { CommunicateTables } from '../tables.ts';
import type { SaidStatus } from './contract.ts';

export type ComponentRow = Selectable<CommunicateTables['component']>;
export type ComponentIntervalRow = Selectable<CommunicateTables['componentInterval']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<CommunicateTables>();

/** Components that stand on a page now, in the order of pages and lines. */
export function selectComponents(
  ctx: Ctx,
  filter: { statusPageId?: string | undefined; ids?: readonly string[]; serviceIds?: readonly string[] } = {},
): Promise<ComponentRow[]> {
  let query = tables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('removedAt', 'is', null);
  if (filter.statusPageId) query = query.where('statusPageId', '=', filter.statusPageId);
  if (filter.ids)
    query = filter.ids.length === 0 ? query.where('id', 'is', null) : query.where('id', 'in', [...filter.ids]);
  if (filter.serviceIds) {
    query =
      filter.serviceIds.length === 0
        ? query.where('id', 'is', null)
        : query.where('serviceId', 'in', [...filter.serviceIds]);
  }
  return query.orderBy('statusPageId').orderBy('position').orderBy('id').execute();
}

/** Locks the rows in the order of their ids. */
export function lockComponents(ctx: Ctx, ids: readonly string[]): Promise<ComponentRow[]> {
  return tables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('removedAt', 'is', null)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function findComponent(ctx: Ctx, id: string): Promise<ComponentRow> {
  const [row] = await selectComponents(ctx, { ids: [id] });
  if (!row) throw notFound('component', id);
  return row;
}

/** Adds a line at the end of its page; undefined when the service stands on the page already. */
export function insertComponent(
  ctx: Ctx,
  wanted: Pick<ComponentRow, 'id' | 'statusPageId' | 'serviceId' | 'name' | 'description'>,
): Promise<ComponentRow | undefined> {
  return tables(ctx)
    .insertInto('component')
    .values((eb) => ({
      ...wanted,
      workspaceId: ctx.workspaceId,
      position: eb
        .selectFrom('component')
        .select((e) => e(e.fn.coalesce(e.fn.max('position'), e.lit(0)), '+', e.lit(1)).as('next'))
        .where('workspaceId', '=', ctx.workspaceId)
        .where('statusPageId', '=', wanted.statusPageId),
      status: 'operational' as const,
      statusSince: ctx.now,
      saidByIncidentId: null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      removedAt: null,
    }))
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function updateComponent(
  ctx: Ctx,
  id: string,
  change: Partial<Pick<ComponentRow, 'name' | 'description' | 'position' | 'removedAt'>>,
): Promise<ComponentRow | undefined> {
  return tables(ctx)
    .updateTable('component')
    .set({ ...change, updatedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Writes what is now said of a component, and closes and opens the stretches of its past. The row must be locked. */
export async function sayStatus(
  ctx: Ctx,
  component: ComponentRow,
  status: SaidStatus,
  incidentId: string,
): Promise<void> {
  const where = { workspaceId: ctx.workspaceId, componentId: component.id };
  await tables(ctx)
    .updateTable('component')
    .set({
      status,
      statusSince: ctx.now,
      saidByIncidentId: status === 'operational' ? null : incidentId,
      updatedAt: ctx.now,
    })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', component.id)
    .execute();
  await tables(ctx)
    .updateTable('componentInterval')
    .set({ endedAt: ctx.now })
    .where('workspaceId', '=', where.workspaceId)
    .where('componentId', '=', where.componentId)
    .where('endedAt', 'is', null)
    .execute();
  if (status === 'operational') return;
  const row = { ...where, status, incidentId, startedAt: ctx.now, endedAt: null };
  await tables(ctx)
    .insertInto('componentInterval')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspaceId', 'componentId', 'startedAt']).doUpdateSet(row))
    .execute();
}

/** What was said of the components since an instant, oldest first. */
export function selectIntervals(
  ctx: Ctx,
  componentIds: readonly string[],
  since: Date,
): Promise<ComponentIntervalRow[]> {
  if (componentIds.length === 0) return Promise.resolve([]);
  return tables(ctx)
    .selectFrom('componentInterval')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('componentId', 'in', [...componentIds])
    .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '>', since)]))
    .orderBy('startedAt')
    .execute();
}

/** Components of which the incident said something that still holds. */
export function selectSaidBy(ctx: Ctx, incidentId: string): Promise<ComponentRow[]> {
  return tables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('saidByIncidentId', '=', incidentId)
    .where('status', '!=', 'operational')
    .where('removedAt', 'is', null)
    .orderBy('position')
    .execute();
}
