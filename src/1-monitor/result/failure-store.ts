import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';
import type { Evidence } from './contract.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export type FailedCheck = { readonly monitorId: string; readonly dueAt: Date; readonly evidence: Evidence };
export type PlacedFailure = FailedCheck & { readonly locationId: string };

/** Checks that were not up with due times in [from, to), oldest first. */
export function selectFailures(
  ctx: Ctx,
  asked: { monitorIds: readonly string[]; from: Date; to: Date; limit: number },
): Promise<FailedCheck[]> {
  return tables(ctx)
    .selectFrom('checkFailure')
    .select(['monitorId', 'dueAt', 'evidence'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', sql<string>`any(${[...asked.monitorIds]}::text[])`)
    .where('dueAt', '>=', asked.from)
    .where('dueAt', '<', asked.to)
    .orderBy('dueAt')
    .orderBy('monitorId')
    .limit(asked.limit)
    .execute();
}

/** Newest first, before a due time. */
export function selectFailurePage(
  ctx: Ctx,
  monitorId: string,
  before: Date | null,
  limit: number,
): Promise<FailedCheck[]> {
  let query = tables(ctx)
    .selectFrom('checkFailure')
    .select(['monitorId', 'dueAt', 'evidence'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId);
  if (before) query = query.where('dueAt', '<', before);
  return query.orderBy('dueAt', 'desc').limit(limit).execute();
}

export async function insertFailures(ctx: Ctx, rows: readonly PlacedFailure[]): Promise<void> {
  if (rows.length === 0) return;
  await tables(ctx)
    .insertInto('checkFailure')
    .values(
      rows.map((row) => ({
        ...row,
        evidence: sql<Evidence>`${JSON.stringify(row.evidence)}::jsonb`,
        workspaceId: ctx.workspaceId,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}
