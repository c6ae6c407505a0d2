import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { Ctx, System } from '#platform/ctx.ts';
import { ASKING_STATES } from '../page/page.ts';
import type { NoticeRow } from '../page/store.ts';
import type { PageTables } from '../page/tables.ts';
import type { FoldTables } from './tables.ts';

export type Fold = Selectable<FoldTables['pageFold']>;

/** One person, by one of their methods. */
export type Receiver = { readonly userId: string; readonly contactMethodId: string };

const tables = (ctx: Ctx) => ctx.transaction.withTables<FoldTables & Pick<PageTables, 'pageNotice'>>();

/** How many other pages some people have had since an instant, and how many since a later one, by person and method. */
export async function countPages(
  ctx: Ctx,
  asked: { readonly userIds: readonly string[]; readonly since: Date; readonly lately: Date; readonly pageId: string },
): Promise<(Receiver & { readonly pages: number; readonly lately: number })[]> {
  const { userIds, since, lately, pageId } = asked;
  const rows = await tables(ctx)
    .selectFrom('pageNotice')
    .select([
      'userId',
      'contactMethodId',
      (eb) => eb.fn.count<string>('pageId').distinct().as('pages'),
      (eb) => eb.fn.count<string>('pageId').distinct().filterWhere('dueAt', '>', lately).as('lately'),
    ])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', 'in', userIds)
    .where('state', '=', 'queued')
    .where('dueAt', '>', since)
    .where('pageId', '!=', pageId)
    .groupBy(['userId', 'contactMethodId'])
    .execute();
  return rows.map((row) => ({ ...row, pages: Number(row.pages), lately: Number(row.lately) }));
}

/** Everybody in any workspace for whom folded pages wait to be written into one message. */
export async function findReceivers(
  system: System,
  limit: number,
): Promise<(Receiver & { readonly workspaceId: string })[]> {
  return system.database
    .withTables<Pick<PageTables, 'pageNotice'>>()
    .selectFrom('pageNotice')
    .select(['workspaceId', 'userId', 'contactMethodId'])
    .distinct()
    .where('state', '=', 'folded')
    .where('deliveryId', 'is', null)
    .limit(limit)
    .execute();
}

/** Makes sure that nobody else writes the message of this receiver now; false when somebody does. */
export async function holdReceiver(ctx: Ctx, { userId, contactMethodId }: Receiver): Promise<boolean> {
  const key = `fold:${ctx.workspaceId}:${userId}:${contactMethodId}`;
  const { rows } = await sql<{
    held: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as held`.execute(ctx.transaction);
  return rows[0]?.held === true;
}

/** When the last message in the place of many went to a receiver. */
export async function findLastFold(ctx: Ctx, { userId, contactMethodId }: Receiver): Promise<Date | null> {
  const row = await tables(ctx)
    .selectFrom('pageFold')
    .select('createdAt')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('contactMethodId', '=', contactMethodId)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.createdAt ?? null;
}

/** The messages to a receiver that wait to be folded, oldest page first. */
export async function findFolding(ctx: Ctx, { userId, contactMethodId }: Receiver): Promise<NoticeRow[]> {
  return tables(ctx)
    .selectFrom('pageNotice')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('contactMethodId', '=', contactMethodId)
    .where('state', '=', 'folded')
    .where('deliveryId', 'is', null)
    .orderBy('pageId')
    .forUpdate()
    .execute();
}

/** Writes what became of messages that waited to be folded. */
export async function settleFolding(
  ctx: Ctx,
  { userId, contactMethodId }: Receiver,
  pageIds: readonly string[],
  change: { readonly deliveryId: string } | { readonly state: 'cancelled' },
): Promise<void> {
  if (pageIds.length === 0) return;
  await tables(ctx)
    .updateTable('pageNotice')
    .set({ ...change, dueAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('contactMethodId', '=', contactMethodId)
    .where('state', '=', 'folded')
    .where('deliveryId', 'is', null)
    .where('pageId', 'in', pageIds)
    .execute();
}

export async function insertFold(ctx: Ctx, fold: Omit<Fold, 'workspaceId'>): Promise<void> {
  await tables(ctx)
    .insertInto('pageFold')
    .values({ ...fold, workspaceId: ctx.workspaceId })
    .execute();
}

export async function findFold(ctx: Ctx, id: string): Promise<Fold | undefined> {
  return tables(ctx)
    .selectFrom('pageFold')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function findFoldOf(ctx: Ctx, deliveryId: string): Promise<Fold | undefined> {
  return tables(ctx)
    .selectFrom('pageFold')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('deliveryId', '=', deliveryId)
    .executeTakeFirst();
}

/** The messages of pages that one message stands for, oldest page first. */
export async function findFolded(ctx: Ctx, { deliveryId }: Pick<Fold, 'deliveryId'>): Promise<NoticeRow[]> {
  return tables(ctx)
    .selectFrom('pageNotice')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('deliveryId', '=', deliveryId)
    .where('state', '=', 'folded')
    .orderBy('pageId')
    .execute();
}

/** Whether a page went to somebody as one of many. */
export async function isFolded(ctx: Ctx, pageId: string): Promise<boolean> {
  const row = await tables(ctx)
    .selectFrom('pageNotice')
    .select('pageId')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', pageId)
    .where('state', '=', 'folded')
    .where('deliveryId', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** People in any workspace who have messages in the place of many pages none of which asks any more, and have not been told. */
export async function findSettled(
  system: System,
  limit: number,
): Promise<{ readonly workspaceId: string; readonly userId: string }[]> {
  return system.database
    .withTables<FoldTables & Pick<PageTables, 'page' | 'pageNotice'>>()
    .selectFrom('pageFold')
    .select(['pageFold.workspaceId', 'pageFold.userId'])
    .distinct()
    .where('settledAt', 'is', null)
    .where(nothingAsks)
    .limit(limit)
    .execute();
}

/** Takes the messages to a person none of whose pages asks any more, skipping what another node takes: each is taken once. */
export async function settleFolds(ctx: Ctx, userId: string): Promise<Fold[]> {
  const over = ctx.transaction
    .withTables<FoldTables & Pick<PageTables, 'page' | 'pageNotice'>>()
    .selectFrom('pageFold')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .where('settledAt', 'is', null)
    .where(nothingAsks)
    .orderBy('id')
    .forUpdate()
    .skipLocked();
  const ids = (await over.execute()).map(({ id }) => id);
  if (ids.length === 0) return [];
  return tables(ctx)
    .updateTable('pageFold')
    .set({ settledAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', 'in', ids)
    .where('settledAt', 'is', null)
    .returningAll()
    .execute();
}

function nothingAsks(eb: ExpressionBuilder<FoldTables & Pick<PageTables, 'page' | 'pageNotice'>, 'pageFold'>) {
  return eb.not(
    eb.exists(
      eb
        .selectFrom('pageNotice')
        .innerJoin('page', (join) =>
          join.onRef('page.workspaceId', '=', 'pageNotice.workspaceId').onRef('page.id', '=', 'pageNotice.pageId'),
        )
        .select('pageNotice.pageId')
        .whereRef('pageNotice.workspaceId', '=', 'pageFold.workspaceId')
        .whereRef('pageNotice.deliveryId', '=', 'pageFold.deliveryId')
        .where('pageNotice.state', '=', 'folded')
        .where('page.state', 'in', ASKING_STATES),
    ),
  );
}
