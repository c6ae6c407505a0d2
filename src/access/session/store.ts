import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { UserTables } from '../user/tables.ts';
import type { SessionTables } from './tables.ts';

const tables = (database: Database) => database.withTables<SessionTables>();

/** A living session with every active membership of its person, oldest first, by one indexed query. */
export async function findSessionByToken(database: Database, token: string, now: Date) {
  return database
    .withTables<SessionTables & UserTables>()
    .selectFrom('userSession')
    .innerJoin('member', 'member.userId', 'userSession.userId')
    .select(['userSession.id', 'userSession.userId', 'member.workspaceId', 'member.role'])
    .where('userSession.token', '=', token)
    .where('userSession.expiresAt', '>', now)
    .where('member.deactivatedAt', 'is', null)
    .where('member.awaited', '=', false)
    .orderBy('member.joinedAt')
    .orderBy('member.workspaceId')
    .execute();
}

export async function findSessionsOf(ctx: Ctx, userId: string, page: { limit: number; before: string | null }) {
  let query = tables(ctx.transaction)
    .selectFrom('userSession')
    .select(['id', 'createdAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', userId)
    .where('expiresAt', '>', ctx.now)
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (page.before) query = query.where('id', '<', page.before);
  return query.execute();
}

export async function deleteSession(ctx: Ctx, userId: string, id: string): Promise<boolean> {
  const row = await tables(ctx.transaction)
    .deleteFrom('userSession')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteSessionsOf(ctx: Ctx, userId: string): Promise<void> {
  await tables(ctx.transaction).deleteFrom('userSession').where('userId', '=', userId).execute();
}

/** Forgets sessions that ended by themselves. */
export async function deleteExpiredSessions(database: Database, now: Date): Promise<void> {
  await tables(database).deleteFrom('userSession').where('expiresAt', '<', now).execute();
}
