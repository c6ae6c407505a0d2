import type { Ctx } from '#platform/ctx.ts';
import type { PageTables } from './tables.ts';

/** One person's acknowledgement of a page that everybody asked has to acknowledge. */
export type PageAnswer = { readonly userId: string; readonly answeredAt: Date; readonly channel: string };

const tables = (ctx: Ctx) => ctx.transaction.withTables<PageTables>();

/** Keeps an acknowledgement; false when the person has given it before. */
export async function insertAnswer(ctx: Ctx, pageId: string, userId: string, channel: string): Promise<boolean> {
  const result = await tables(ctx)
    .insertInto('pageAnswer')
    .values({ workspaceId: ctx.workspaceId, pageId, userId, channel, answeredAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The acknowledgements of pages by page, the first one first. */
export async function findAnswers(ctx: Ctx, pageIds: readonly string[]): Promise<ReadonlyMap<string, PageAnswer[]>> {
  if (pageIds.length === 0) return new Map();
  const rows = await tables(ctx)
    .selectFrom('pageAnswer')
    .select(['pageId', 'userId', 'answeredAt', 'channel'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', 'in', pageIds)
    .orderBy('answeredAt')
    .orderBy('userId')
    .execute();
  return Map.groupBy(rows, ({ pageId }) => pageId);
}
