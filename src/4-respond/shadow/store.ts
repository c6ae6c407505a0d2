import type { Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { ShadowTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<ShadowTables>();

export type ShadowPageRow = Selectable<ShadowTables['shadowPage']>;

export async function insertShadowPage(ctx: Ctx, row: Omit<ShadowPageRow, 'workspaceId' | 'id' | 'at'>): Promise<void> {
  await tables(ctx)
    .insertInto('shadowPage')
    .values({
      ...row,
      steps: JSON.stringify(row.steps) as never,
      workspaceId: ctx.workspaceId,
      id: ctx.newId('shp'),
      at: ctx.now,
    })
    .execute();
}

/** The last one of an alert. */
export async function findLastOf(ctx: Ctx, alertId: string): Promise<ShadowPageRow | undefined> {
  return tables(ctx)
    .selectFrom('shadowPage')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertId', '=', alertId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Newest first, one row more than the limit. */
export async function findShadowPages(
  ctx: Ctx,
  query: PageQuery & { readonly alertSourceId?: string | undefined; readonly alertId?: string | undefined },
): Promise<ShadowPageRow[]> {
  const after = readCursor(query, /^shp_[a-z0-9]{1,64}$/);
  let rows = tables(ctx).selectFrom('shadowPage').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (query.alertSourceId) rows = rows.where('alertSourceId', '=', query.alertSourceId);
  if (query.alertId) rows = rows.where('alertId', '=', query.alertId);
  if (after !== null) rows = rows.where('id', '<', after);
  return rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}
