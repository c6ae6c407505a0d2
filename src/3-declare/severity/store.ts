import type { Ctx } from '#platform/ctx.ts';
import type { SeverityPolicy } from './severity.ts';
import type { SeverityTables } from './tables.ts';

const db = (ctx: Ctx) => ctx.transaction.withTables<SeverityTables>();

/** One version, or the highest. */
export async function selectPolicy(ctx: Ctx, version?: number): Promise<SeverityPolicy | null> {
  let query = db(ctx).selectFrom('severityPolicy').selectAll().where('workspaceId', '=', ctx.workspaceId);
  if (version !== undefined) query = query.where('version', '=', version);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ? { version: row.version, ...row.document, changedAt: row.changedAt, changedBy: row.changedBy } : null;
}

/** Returns false when that version exists already. */
export async function insertPolicy(ctx: Ctx, policy: SeverityPolicy): Promise<boolean> {
  const { version, levels, defaultSeverity, changedBy } = policy;
  const result = await db(ctx)
    .insertInto('severityPolicy')
    .values({
      workspaceId: ctx.workspaceId,
      version,
      document: JSON.stringify({ levels, defaultSeverity }),
      changedAt: ctx.now,
      changedBy,
    })
    .onConflict((oc) => oc.columns(['workspaceId', 'version']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
