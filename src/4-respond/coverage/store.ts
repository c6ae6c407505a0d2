import type { Ctx, System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { CoverageReportView } from './contract.ts';
import type { CoverageTables } from './tables.ts';

const tables = (database: Database) => database.withTables<CoverageTables>();

export async function insertReport(ctx: Ctx): Promise<void> {
  await tables(ctx.transaction)
    .insertInto('coverageReport')
    .values({ workspaceId: ctx.workspaceId, dueAt: ctx.now, provedAt: null, document: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findReport(ctx: Ctx): Promise<CoverageReportView | null> {
  const row = await tables(ctx.transaction)
    .selectFrom('coverageReport')
    .select('document')
    .where('workspaceId', '=', ctx.workspaceId)
    .executeTakeFirst();
  return row?.document ?? null;
}

/** Holds the workspace's report while it is made; false when somebody else makes it, or it is not due any more. */
export async function lockDueReport(ctx: Ctx): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .selectFrom('coverageReport')
    .select('workspaceId')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('dueAt', '<=', ctx.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row !== undefined;
}

export async function writeReport(ctx: Ctx, report: CoverageReportView, dueAt: Date): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('coverageReport')
    .set({ document: JSON.stringify(report), provedAt: ctx.now, dueAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .execute();
}

/** Brings the next look forward. */
export async function hastenReport(ctx: Ctx, dueAt: Date): Promise<void> {
  await tables(ctx.transaction)
    .updateTable('coverageReport')
    .set({ dueAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('dueAt', '>', dueAt)
    .execute();
}

/** The workspaces whose report is due. */
export async function findDueReports(system: System, now: Date, limit: number): Promise<string[]> {
  const rows = await tables(system.database)
    .selectFrom('coverageReport')
    .select('workspaceId')
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .limit(limit)
    .execute();
  return rows.map(({ workspaceId }) => workspaceId);
}
