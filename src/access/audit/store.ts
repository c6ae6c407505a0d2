import type { Insertable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { AuditTables } from './tables.ts';

export async function insertAuditEntry(ctx: Ctx, row: Insertable<AuditTables['auditEntry']>): Promise<void> {
  await ctx.transaction.withTables<AuditTables>().insertInto('auditEntry').values(row).execute();
}
