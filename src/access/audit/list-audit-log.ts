import type { Ctx } from '#platform/ctx.ts';
import { cursorId, type PageQuery, pageOf } from '../page.ts';
import { type AuditFilter, findAuditEntries } from './store.ts';

/** Who changed what, newest first. */
export async function listAuditLog(ctx: Ctx, query: PageQuery & AuditFilter) {
  const rows = await findAuditEntries(ctx, query, { limit: query.limit, before: cursorId(query) });
  return pageOf(rows, query, (row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actorUserId: row.actorUserId,
    actorName: row.userName ?? row.actorName,
    channel: row.channel,
    action: row.action,
    subjectId: row.subjectId,
    detail: row.detail as Record<string, unknown>,
  }));
}
