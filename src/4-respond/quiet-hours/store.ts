import type { Ctx } from '#platform/ctx.ts';
import type { QuietWindow } from './contract.ts';
import type { QuietTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<QuietTables>();

export async function findQuietHours(ctx: Ctx, userId: string): Promise<readonly QuietWindow[]> {
  const row = await tables(ctx)
    .selectFrom('quietHours')
    .select('windows')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return row?.windows ?? [];
}

export async function writeQuietHours(ctx: Ctx, userId: string, windows: readonly QuietWindow[]): Promise<void> {
  const values = { windows: JSON.stringify(windows), changedAt: ctx.now };
  await tables(ctx)
    .insertInto('quietHours')
    .values({ workspaceId: ctx.workspaceId, userId, ...values })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'userId']).doUpdateSet(values))
    .execute();
}
