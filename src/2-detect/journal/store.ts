import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { JournalTables } from './tables.ts';

export type EntryRow = Selectable<JournalTables['alertEntry']>;

const db = (ctx: Ctx) => ctx.transaction.withTables<JournalTables>();

export async function insertEntries(ctx: Ctx, rows: readonly Insertable<JournalTables['alertEntry']>[]): Promise<void> {
  if (rows.length === 0) return;
  await db(ctx)
    .insertInto('alertEntry')
    .values([...rows])
    .execute();
}

/** The entries of an alert below a place in its journal, newest first. */
export async function selectEntries(
  ctx: Ctx,
  alertId: string,
  page: { readonly below: number | null; readonly limit: number },
): Promise<EntryRow[]> {
  let query = db(ctx)
    .selectFrom('alertEntry')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertId', '=', alertId);
  if (page.below !== null) query = query.where('seq', '<', page.below);
  return await query.orderBy('seq', 'desc').limit(page.limit).execute();
}
