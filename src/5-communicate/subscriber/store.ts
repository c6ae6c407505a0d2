import { type Selectable, sql, type Updateable } from 'kysely';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { CommunicateTables } from '../tables.ts';

export type SubscriberRow = Selectable<CommunicateTables['subscriber']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<CommunicateTables>();

export function findByEmail(ctx: Ctx, statusPageId: string, email: string): Promise<SubscriberRow | undefined> {
  return tables(ctx)
    .selectFrom('subscriber')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('statusPageId', '=', statusPageId)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .forUpdate()
    .executeTakeFirst();
}

export function findById(ctx: Ctx, id: string): Promise<SubscriberRow | undefined> {
  return tables(ctx)
    .selectFrom('subscriber')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Undefined when the address stands on the page already (a race that the other one won). */
export function insertSubscriber(
  ctx: Ctx,
  row: Omit<SubscriberRow, 'workspaceId'>,
): Promise<SubscriberRow | undefined> {
  return tables(ctx)
    .insertInto('subscriber')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Changes a row that is in one of the states and has the link key; undefined when it is not so any more. */
export function updateSubscriber(
  ctx: Ctx,
  expected: Pick<SubscriberRow, 'id' | 'linkKey'> & { readonly states: readonly SubscriberRow['state'][] },
  change: Updateable<CommunicateTables['subscriber']>,
): Promise<SubscriberRow | undefined> {
  return tables(ctx)
    .updateTable('subscriber')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', expected.id)
    .where('linkKey', '=', expected.linkKey)
    .where('state', 'in', [...expected.states])
    .returningAll()
    .executeTakeFirst();
}

export async function deleteSubscriber(ctx: Ctx, id: string): Promise<SubscriberRow> {
  const row = await tables(ctx)
    .deleteFrom('subscriber')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('subscriber', id);
  return row;
}

/** One page, newest first. */
export function selectSubscribers(
  ctx: Ctx,
  filter: { statusPageId: string; state?: SubscriberRow['state'] | undefined; beforeId: string | null; limit: number },
): Promise<SubscriberRow[]> {
  let query = tables(ctx)
    .selectFrom('subscriber')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('statusPageId', '=', filter.statusPageId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.beforeId !== null) query = query.where('id', '<', filter.beforeId);
  return query.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** The next confirmed subscribers of the pages, by id, who care about one of the components (or about all). */
export function selectToTell(
  ctx: Ctx,
  filter: { statusPageIds: readonly string[]; componentIds: readonly string[]; afterId: string | null; limit: number },
): Promise<SubscriberRow[]> {
  let query = tables(ctx)
    .selectFrom('subscriber')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('statusPageId', 'in', [...filter.statusPageIds])
    .where('state', '=', 'confirmed');
  if (filter.componentIds.length > 0) {
    query = query.where(
      sql<boolean>`(component_ids is null or component_ids && ${sql.val([...filter.componentIds])}::text[])`,
    );
  }
  if (filter.afterId !== null) query = query.where('id', '>', filter.afterId);
  return query.orderBy('id').limit(filter.limit).execute();
}

export async function countConfirmed(ctx: Ctx, statusPageIds: readonly string[]): Promise<number> {
  if (statusPageIds.length === 0) return 0;
  const row = await tables(ctx)
    .selectFrom('subscriber')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('statusPageId', 'in', [...statusPageIds])
    .where('state', '=', 'confirmed')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How many questions for confirmation a page has sent since an instant. */
export async function countAsked(ctx: Ctx, statusPageId: string, since: Date): Promise<number> {
  const row = await tables(ctx)
    .selectFrom('subscriber')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('statusPageId', '=', statusPageId)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('state', '=', 'pending')
    .where('askedAt', '>', since)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
