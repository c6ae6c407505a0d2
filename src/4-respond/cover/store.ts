import type { Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { CoverTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<CoverTables>();

export type CoverRow = Selectable<CoverTables['coverRequest']>;

/** Requests whose time is not over, newest first, of one schedule or of all; one row more than the limit. */
export async function findCoverRequests(
  ctx: Ctx,
  scheduleId: string | undefined,
  query: PageQuery,
): Promise<CoverRow[]> {
  const before = readCursor(query, /^cov_[a-z0-9]{1,64}$/);
  let rows = tables(ctx)
    .selectFrom('coverRequest')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('endsAt', '>', ctx.now);
  if (scheduleId !== undefined) rows = rows.where('scheduleId', '=', scheduleId);
  if (before !== null) rows = rows.where('id', '<', before);
  return rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}

export async function countOpenRequests(ctx: Ctx, askedBy: string): Promise<number> {
  const { count } = await tables(ctx)
    .selectFrom('coverRequest')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('askedBy', '=', askedBy)
    .where('state', '=', 'open')
    .where('endsAt', '>', ctx.now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** One request, held until the transaction ends. */
export async function lockCoverRequest(ctx: Ctx, id: string): Promise<CoverRow | undefined> {
  return tables(ctx)
    .selectFrom('coverRequest')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertCoverRequest(ctx: Ctx, row: CoverRow): Promise<void> {
  await tables(ctx).insertInto('coverRequest').values(row).execute();
}

export async function answerCoverRow(
  ctx: Ctx,
  id: string,
  answer: Pick<CoverRow, 'state' | 'answeredAt' | 'answeredBy'>,
): Promise<CoverRow> {
  return tables(ctx)
    .updateTable('coverRequest')
    .set(answer)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
