import type { Ctx } from '#platform/ctx.ts';
import type { AllowedTargetTables } from './tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<AllowedTargetTables>();

export type AllowedTarget = {
  readonly id: string;
  readonly cidr: string;
  readonly addedBy: string;
  readonly addedAt: Date;
};

export async function findTargets(ctx: Ctx): Promise<AllowedTarget[]> {
  return tables(ctx)
    .selectFrom('allowedTarget')
    .select(['id', 'cidr', 'addedBy', 'addedAt'])
    .where('workspaceId', '=', ctx.workspaceId)
    .orderBy('id', 'desc')
    .execute();
}

/** False when the network is listed already. */
export async function insertTarget(ctx: Ctx, target: AllowedTarget): Promise<boolean> {
  const row = await tables(ctx)
    .insertInto('allowedTarget')
    .values({ ...target, workspaceId: ctx.workspaceId })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'cidr']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteTarget(ctx: Ctx, id: string): Promise<{ cidr: string } | undefined> {
  return tables(ctx)
    .deleteFrom('allowedTarget')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', id)
    .returning('cidr')
    .executeTakeFirst();
}
