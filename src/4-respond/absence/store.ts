import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { AbsenceTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<AbsenceTables>();

export type AbsenceRow = Selectable<AbsenceTables['absence']>;

function selectAbsences(ctx: Ctx, from: Date, to: Date | null) {
  const rows = tables(ctx)
    .selectFrom('absence')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('endsAt', '>', from)
    .orderBy('id');
  return to === null ? rows : rows.where('startsAt', '<', to);
}

/** Everybody's absences that touch a span. */
export async function findAbsences(ctx: Ctx, from: Date, to: Date): Promise<AbsenceRow[]> {
  return selectAbsences(ctx, from, to).execute();
}

/** One page of those that have not ended at an instant, of one person or of all; one row more than the limit. */
export async function findAbsencePage(
  ctx: Ctx,
  from: Date,
  userId: string | undefined,
  query: PageQuery,
): Promise<AbsenceRow[]> {
  const after = readCursor(query, /^abs_[a-z0-9]{1,64}$/);
  let rows = selectAbsences(ctx, from, null);
  if (userId !== undefined) rows = rows.where('userId', '=', userId);
  if (after !== null) rows = rows.where('id', '>', after);
  return rows.limit(query.limit + 1).execute();
}

/** One absence, held until the transaction ends. */
export async function lockAbsence(ctx: Ctx, id: string): Promise<AbsenceRow | undefined> {
  return tables(ctx)
    .selectFrom('absence')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertAbsence(ctx: Ctx, row: Insertable<AbsenceTables['absence']>): Promise<void> {
  await tables(ctx).insertInto('absence').values(row).execute();
}

export async function deleteAbsenceRow(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx).deleteFrom('absence').where('workspaceId', '=', ctx.workspaceId).where('id', '=', id).execute();
}

export async function endAbsenceRow(ctx: Ctx, id: string, endsAt: Date): Promise<void> {
  await tables(ctx)
    .updateTable('absence')
    .set({ endsAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}
