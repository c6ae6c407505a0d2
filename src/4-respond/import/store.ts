import { type Selectable, sql } from 'kysely';
import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { ImportKind, ImportTool } from './contract.ts';
import type { ImportTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<ImportTables>();

export type ImportRow = Selectable<ImportTables['import']>;

export async function insertImport(
  ctx: Ctx,
  row: Pick<ImportRow, 'id' | 'tool' | 'document' | 'digest' | 'report'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('import')
    .values({
      ...row,
      document: JSON.stringify(row.document),
      report: JSON.stringify(row.report) as never,
      workspaceId: ctx.workspaceId,
      plannedAt: ctx.now,
      plannedBy: actorUserId(ctx.actor),
      appliedAt: null,
      appliedBy: null,
    })
    .execute();
}

export async function findImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return tables(ctx)
    .selectFrom('import')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest first, with what their reports count; one row more than the limit. */
export async function findImports(
  ctx: Ctx,
  query: PageQuery,
): Promise<(Pick<ImportRow, 'id' | 'tool' | 'plannedAt' | 'appliedAt'> & Pick<ImportRow['report'], 'counts'>)[]> {
  const after = readCursor(query, /^imp_[a-z0-9]{1,64}$/);
  let rows = tables(ctx)
    .selectFrom('import')
    .select(['id', 'tool', 'plannedAt', 'appliedAt', sql<ImportRow['report']['counts']>`report->'counts'`.as('counts')])
    .where('workspaceId', '=', ctx.workspaceId);
  if (after !== null) rows = rows.where('id', '<', after);
  return rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}

/** One import at a time in a workspace: two that name the same things would make them twice. */
export async function lockImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  await tables(ctx)
    .selectFrom('import')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('id')
    .forUpdate()
    .execute();
  return findImport(ctx, id);
}

/** Notes that a plan was carried out, and forgets the document; false when it was before. */
export async function markApplied(ctx: Ctx, id: string, report: ImportRow['report']): Promise<boolean> {
  const result = await tables(ctx)
    .updateTable('import')
    .set({
      document: null,
      report: JSON.stringify(report) as never,
      appliedAt: ctx.now,
      appliedBy: actorUserId(ctx.actor),
    })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('appliedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Forgets plans that nobody carried out: those from before an instant, and all but the newest ones. */
export async function forgetPlans(ctx: Ctx, before: Date, most: number): Promise<void> {
  const newest = tables(ctx)
    .selectFrom('import')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('appliedAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(most);
  await tables(ctx)
    .deleteFrom('import')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('appliedAt', 'is', null)
    .where((eb) => eb.or([eb('plannedAt', '<', before), eb('id', 'not in', newest)]))
    .execute();
}

export async function findLinks(ctx: Ctx, tool: ImportTool) {
  return tables(ctx)
    .selectFrom('importLink')
    .select(['kind', 'vendorId', 'targetId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('tool', '=', tool)
    .execute();
}

/** Remembers what is what; a link to something that is gone is replaced. */
export async function upsertLinks(
  ctx: Ctx,
  importId: string,
  tool: ImportTool,
  links: readonly { readonly kind: ImportKind; readonly vendorId: string; readonly targetId: string }[],
): Promise<void> {
  for (const { kind, vendorId, targetId } of links)
    await tables(ctx)
      .insertInto('importLink')
      .values({ workspaceId: ctx.workspaceId, tool, importId, kind, vendorId, targetId })
      .onConflict((conflict) =>
        conflict.columns(['workspaceId', 'tool', 'kind', 'vendorId']).doUpdateSet({ targetId, importId }),
      )
      .execute();
}
