import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { AnswerTables } from './tables.ts';

/** False when this very answer was taken before. Forgets what is older than a day: no service repeats that late. */
export async function rememberAnswer(ctx: Ctx, answerKey: string): Promise<boolean> {
  const tables = ctx.transaction.withTables<AnswerTables>();
  await tables
    .deleteFrom('heardAnswer')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('heardAt', '<', new Date(ctx.now.getTime() - DAY_MS))
    .execute();
  const inserted = await tables
    .insertInto('heardAnswer')
    .values({ workspaceId: ctx.workspaceId, answerKey: answerKey.slice(0, 200), heardAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('answerKey')
    .executeTakeFirst();
  return inserted !== undefined;
}
