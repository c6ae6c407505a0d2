import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** `serviceId` needs `dependsOnId`. */
export type Dependency = { readonly serviceId: string; readonly dependsOnId: string };

/** Every dependency between services of the workspace that are in use. */
export async function selectDependencies(ctx: Ctx): Promise<Dependency[]> {
  return tables(ctx)
    .selectFrom('serviceDependency as dependency')
    .innerJoin('service', (join) =>
      join
        .onRef('service.workspaceId', '=', 'dependency.workspaceId')
        .onRef('service.id', '=', 'dependency.dependsOnId')
        .on('service.archivedAt', 'is', null),
    )
    .select(['dependency.serviceId', 'dependency.dependsOnId'])
    .where('dependency.workspaceId', '=', ctx.workspaceId)
    .orderBy('service.name')
    .orderBy('service.id')
    .execute();
}

/** Until the transaction ends, nobody else changes dependencies of the workspace: two changes could make a cycle. */
export async function lockDependencies(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey(ctx)})`.execute(ctx.transaction);
}

/** Until the transaction ends, nobody changes dependencies of the workspace; others may go by them, too. */
export async function shareDependencies(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockKey(ctx)})`.execute(ctx.transaction);
}

function lockKey(ctx: Ctx) {
  return sql`hashtextextended(${`${ctx.workspaceId}\ndependencies`}, 85)`;
}

export async function replaceDependencies(ctx: Ctx, serviceId: string, dependsOn: readonly string[]): Promise<void> {
  const { workspaceId } = ctx;
  await tables(ctx)
    .deleteFrom('serviceDependency')
    .where('workspaceId', '=', workspaceId)
    .where('serviceId', '=', serviceId)
    .execute();
  if (dependsOn.length === 0) return;
  await tables(ctx)
    .insertInto('serviceDependency')
    .values(dependsOn.map((dependsOnId) => ({ workspaceId, serviceId, dependsOnId })))
    .execute();
}
