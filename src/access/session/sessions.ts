import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { cursorId, type PageQuery, pageOf } from '../page.ts';
import { requirePerson } from '../user/update-profile.ts';
import { deleteSession, findSessionsOf } from './store.ts';

/** Where the person of the context is signed in, newest first. */
export async function listSessions(ctx: Ctx, query: PageQuery) {
  const rows = await findSessionsOf(ctx, requirePerson(ctx), { limit: query.limit, before: cursorId(query) });
  const current = ctx.actor.kind === 'user' ? ctx.actor.sessionId : undefined;
  return pageOf(rows, query, (row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ipAddress: row.ipAddress || null,
    userAgent: row.userAgent || null,
    current: row.id === current,
  }));
}

/** Ends one of one's own sessions. */
export async function revokeSession(ctx: Ctx, id: string): Promise<void> {
  if (!(await deleteSession(ctx, requirePerson(ctx), id))) throw notFound('session', id);
  await audit(ctx, { action: 'session.revoke', subjectId: id });
  ctx.touch('members');
}
