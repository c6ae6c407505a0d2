import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { CalendarTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<CalendarTables>();

export type FeedRow = Selectable<CalendarTables['calendarFeed']>;

export async function insertFeed(ctx: Ctx, row: Insertable<CalendarTables['calendarFeed']>): Promise<void> {
  await tables(ctx).insertInto('calendarFeed').values(row).execute();
}

/** Feeds in use, newest first, of one maker or of all; one row more than the limit. */
export async function findFeeds(ctx: Ctx, createdBy: string | null, query: PageQuery): Promise<FeedRow[]> {
  const before = readCursor(query, /^cal_[a-z0-9]{1,64}$/);
  let rows = tables(ctx)
    .selectFrom('calendarFeed')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('revokedAt', 'is', null);
  if (createdBy !== null) rows = rows.where('createdBy', '=', createdBy);
  if (before !== null) rows = rows.where('id', '<', before);
  return rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
}

export async function findFeed(ctx: Ctx, id: string): Promise<FeedRow | undefined> {
  return tables(ctx)
    .selectFrom('calendarFeed')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
}

export async function markRevoked(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .updateTable('calendarFeed')
    .set({ revokedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** The feed that a key opens; the key itself says in which workspace. */
export async function findFeedByKey(database: Database, keyDigest: string): Promise<FeedRow | undefined> {
  return database
    .withTables<CalendarTables>()
    .selectFrom('calendarFeed')
    .selectAll()
    .where('keyDigest', '=', keyDigest)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
}
