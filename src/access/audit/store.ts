import type { Insertable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { UserTables } from '../user/tables.ts';
import type { AuditTables } from './tables.ts';

export async function insertAuditEntry(ctx: Ctx, row: Insertable<AuditTables['auditEntry']>): Promise<void> {
  await ctx.transaction.withTables<AuditTables>().insertInto('auditEntry').values(row).execute();
}

export type AuditFilter = {
  readonly actorUserId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly action?: string | undefined;
};

/** Newest first, with the actor's present name. */
export async function findAuditEntries(ctx: Ctx, filter: AuditFilter, page: { limit: number; before: string | null }) {
  let query = ctx.transaction
    .withTables<AuditTables & UserTables>()
    .selectFrom('auditEntry')
    .leftJoin('userAccount', 'userAccount.id', 'auditEntry.actorUserId')
    .select([
      'auditEntry.id',
      'at',
      'actorUserId',
      'actorName',
      'channel',
      'action',
      'subjectId',
      'detail',
      'userAccount.name as userName',
    ])
    .where('auditEntry.workspaceId', '=', ctx.workspaceId)
    .orderBy('auditEntry.id', 'desc')
    .limit(page.limit + 1);
  if (page.before) query = query.where('auditEntry.id', '<', page.before);
  if (filter.actorUserId) query = query.where('actorUserId', '=', filter.actorUserId);
  if (filter.subjectId) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.action) query = query.where('action', '=', filter.action);
  return query.execute();
}
