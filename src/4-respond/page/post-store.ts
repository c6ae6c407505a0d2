import type { Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { NoticeChannelTables } from '../notice-channel/tables.ts';
import type { PageTables } from './tables.ts';

/** What a page told a team channel, with the channel as it is or was last called. */
export type Post = Selectable<PageTables['pagePost']> & Pick<NoticeChannelTables['noticeChannel'], 'name' | 'kind'>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<PageTables & Pick<NoticeChannelTables, 'noticeChannel'>>();

/** Adds what is not there yet. */
export async function insertPost(
  ctx: Ctx,
  post: Omit<Selectable<PageTables['pagePost']>, 'workspaceId'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('pagePost')
    .values({ ...post, workspaceId: ctx.workspaceId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function selectPosts(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('pagePost')
    .innerJoin('noticeChannel', (join) =>
      join
        .onRef('noticeChannel.workspaceId', '=', 'pagePost.workspaceId')
        .onRef('noticeChannel.id', '=', 'pagePost.noticeChannelId'),
    )
    .selectAll('pagePost')
    .select(['noticeChannel.name', 'noticeChannel.kind'])
    .where('pagePost.workspaceId', '=', ctx.workspaceId);
}

/** What pages told channels, in the order in which it went out. */
export async function findPosts(ctx: Ctx, pageIds: readonly string[]): Promise<Post[]> {
  if (pageIds.length === 0) return [];
  return selectPosts(ctx)
    .where('pagePost.pageId', 'in', pageIds)
    .orderBy('pagePost.cycle')
    .orderBy('pagePost.step')
    .orderBy('pagePost.noticeChannelId')
    .execute();
}

export async function findPostOf(ctx: Ctx, deliveryId: string): Promise<Post | undefined> {
  return selectPosts(ctx).where('pagePost.deliveryId', '=', deliveryId).executeTakeFirst();
}
