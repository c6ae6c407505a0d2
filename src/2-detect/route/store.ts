import type { Ctx } from '#platform/ctx.ts';
import { completed, type RoutingDocument } from './route.ts';
import type { RoutingTables } from './tables.ts';

const db = (ctx: Ctx) => ctx.transaction.withTables<RoutingTables>();

export type RoutingRow = {
  readonly version: number;
  readonly document: RoutingDocument;
  readonly changedAt: Date;
  readonly changedBy: string | null;
};

export async function selectRouting(ctx: Ctx): Promise<RoutingRow | null> {
  const row = await db(ctx)
    .selectFrom('alertRouting')
    .select(['version', 'document', 'changedAt', 'changedBy'])
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirst();
  return row ? { ...row, document: completed(row.document) } : null;
}

/** Replaces the rules if they still have the version; returns whether they did. */
export async function replaceRouting(
  ctx: Ctx,
  version: number,
  document: RoutingDocument,
  changedBy: string | null,
): Promise<boolean> {
  const change = { version: version + 1, document: JSON.stringify(document), changedAt: ctx.now, changedBy };
  if (version === 0) {
    const made = await db(ctx)
      .insertInto('alertRouting')
      .values({ workspaceId: ctx.workspaceId, ...change })
      .onConflict((clash) => clash.column('workspaceId').doNothing())
      .executeTakeFirst();
    return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const changed = await db(ctx)
    .updateTable('alertRouting')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
