import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { ChannelKind } from '#delivery';
import type { Ctx, System } from '#platform/ctx.ts';
import { type PageQuery, readCursor } from '#platform/page.ts';
import type { NoticeChannelTables } from './tables.ts';

export type NoticeChannel = Selectable<NoticeChannelTables['noticeChannel']>;
export type Watch = Selectable<NoticeChannelTables['noticeChannelWatch']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<NoticeChannelTables>();

function selectChannels(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('noticeChannel')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('removedAt', 'is', null)
    .orderBy('id');
}

export async function findChannels(ctx: Ctx): Promise<NoticeChannel[]> {
  return selectChannels(ctx).execute();
}

export async function findChannelsOf(ctx: Ctx, ids: readonly string[]): Promise<NoticeChannel[]> {
  return ids.length === 0 ? [] : selectChannels(ctx).where('id', 'in', ids).execute();
}

/** One row more than the limit. */
export async function findChannelPage(ctx: Ctx, query: PageQuery): Promise<NoticeChannel[]> {
  const after = readCursor(query, /^nch_[A-Za-z0-9_-]{1,64}$/);
  const rows = after === null ? selectChannels(ctx) : selectChannels(ctx).where('id', '>', after);
  return rows.limit(query.limit + 1).execute();
}

export async function findChannel(ctx: Ctx, id: string): Promise<NoticeChannel | undefined> {
  return selectChannels(ctx).where('id', '=', id).executeTakeFirst();
}

export async function insertChannel(ctx: Ctx, row: Insertable<NoticeChannelTables['noticeChannel']>): Promise<void> {
  await tables(ctx).insertInto('noticeChannel').values(row).execute();
}

export async function updateChannel(
  ctx: Ctx,
  id: string,
  change: Updateable<NoticeChannelTables['noticeChannel']>,
): Promise<NoticeChannel | undefined> {
  return tables(ctx)
    .updateTable('noticeChannel')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Keeps why the last message to a place did not arrive (null when it did); false when that is what stands there. */
export async function markFault(
  ctx: Ctx,
  { kind, address }: { readonly kind: ChannelKind; readonly address: string },
  fault: string | null,
): Promise<boolean> {
  const done = await tables(ctx)
    .updateTable('noticeChannel')
    .set({ fault })
    .where('workspaceId', '=', ctx.workspaceId)
    .where(sql.ref('kind'), '=', kind)
    .where('address', '=', address)
    .where('removedAt', 'is', null)
    .where('fault', 'is distinct from', fault)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Begins a watch; false when the channel watches the alert already. */
export async function insertWatch(ctx: Ctx, watch: Omit<Watch, 'workspaceId'>): Promise<boolean> {
  const done = await tables(ctx)
    .insertInto('noticeChannelWatch')
    .values({ ...watch, workspaceId: ctx.workspaceId })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0;
}

export async function findWatches(ctx: Ctx, alertId: string): Promise<Watch[]> {
  return tables(ctx)
    .selectFrom('noticeChannelWatch')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('alertId', '=', alertId)
    .execute();
}

export async function deleteWatches(ctx: Ctx, of: { readonly alertId?: string; readonly channelId?: string }) {
  let query = tables(ctx).deleteFrom('noticeChannelWatch').where('workspaceId', '=', ctx.workspaceId);
  if (of.alertId !== undefined) query = query.where('alertId', '=', of.alertId);
  if (of.channelId !== undefined) query = query.where('channelId', '=', of.channelId);
  await query.execute();
}

export async function findDueWorkspaces(system: System, now: Date): Promise<string[]> {
  const rows = await system.database
    .withTables<NoticeChannelTables>()
    .selectFrom('noticeChannelWatch')
    .select('workspaceId')
    .distinct()
    .where('nextAt', '<=', now)
    .execute();
  return rows.map(({ workspaceId }) => workspaceId);
}

/** Locks watches whose time is up, skipping those that another node holds. */
export async function lockDueWatches(ctx: Ctx, limit: number): Promise<Watch[]> {
  return tables(ctx)
    .selectFrom('noticeChannelWatch')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('nextAt', '<=', ctx.now)
    .orderBy('nextAt')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function moveWatch(
  ctx: Ctx,
  { channelId, alertId }: Pick<Watch, 'channelId' | 'alertId'>,
  change: Pick<Watch, 'nextAt' | 'reminders'>,
): Promise<void> {
  await tables(ctx)
    .updateTable('noticeChannelWatch')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('channelId', '=', channelId)
    .where('alertId', '=', alertId)
    .execute();
}
