import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';

export type SloRow = Selectable<MonitorTables['slo']> & {
  readonly serviceName: string | null;
  readonly monitorIds: readonly string[];
};

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

function slos(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('slo as o')
    .leftJoin('service as v', (join) =>
      join.onRef('v.workspaceId', '=', 'o.workspaceId').onRef('v.id', '=', 'o.serviceId'),
    )
    .selectAll('o')
    .select((eb) => [
      'v.name as serviceName',
      sql<string[]>`array(${eb
        .selectFrom('sloMonitor as m')
        .select('m.monitorId')
        .whereRef('m.workspaceId', '=', 'o.workspaceId')
        .whereRef('m.sloId', '=', 'o.id')
        .orderBy('m.monitorId')})`.as('monitorIds'),
    ])
    .where('o.workspaceId', '=', ctx.workspaceId)
    .where('o.archivedAt', 'is', null);
}

export function selectSlo(ctx: Ctx, sloId: string): Promise<SloRow | undefined> {
  return slos(ctx).where('o.id', '=', sloId).executeTakeFirst();
}

/** Locks the row until the transaction ends. */
export function lockSlo(ctx: Ctx, sloId: string): Promise<SloRow | undefined> {
  return slos(ctx).where('o.id', '=', sloId).forUpdate('o').executeTakeFirst();
}

/** By name. */
export function selectSloPage(
  ctx: Ctx,
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): Promise<SloRow[]> {
  let query = slos(ctx);
  if (after) query = query.where(sql<boolean>`(o.name, o.id) > (${after.name}, ${after.id})`);
  return query.orderBy('o.name').orderBy('o.id').limit(limit).execute();
}

export async function insertSlo(
  ctx: Ctx,
  row: Omit<Insertable<MonitorTables['slo']>, 'workspaceId'>,
  monitorIds: readonly string[],
): Promise<void> {
  await tables(ctx)
    .insertInto('slo')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .execute();
  await insertMonitors(ctx, row.id, monitorIds);
}

export async function updateSlo(
  ctx: Ctx,
  sloId: string,
  change: Updateable<MonitorTables['slo']>,
  monitorIds?: readonly string[],
): Promise<void> {
  await tables(ctx)
    .updateTable('slo')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sloId)
    .execute();
  if (monitorIds === undefined) return;
  await tables(ctx)
    .deleteFrom('sloMonitor')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('sloId', '=', sloId)
    .execute();
  await insertMonitors(ctx, sloId, monitorIds);
}

async function insertMonitors(ctx: Ctx, sloId: string, monitorIds: readonly string[]): Promise<void> {
  if (monitorIds.length === 0) return;
  await tables(ctx)
    .insertInto('sloMonitor')
    .values(monitorIds.map((monitorId) => ({ workspaceId: ctx.workspaceId, sloId, monitorId })))
    .execute();
}

/** SLOs of every workspace whose alerts fire, or may: those with downtime within their longest window. */
export async function selectBurning(
  database: Database,
  now: Date,
  limit: number,
): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select o.workspace_id, o.id from slo o
    where o.archived_at is null and (
      o.critical_since is not null or o.warning_since is not null or exists (
        select 1 from monitor m
        join state_interval i on i.workspace_id = m.workspace_id and i.monitor_id = m.id
        where m.workspace_id = o.workspace_id
          and (m.service_id = o.service_id
            or exists (select 1 from slo_monitor s where s.workspace_id = o.workspace_id and s.slo_id = o.id and s.monitor_id = m.id))
          and i.state = 'down' and not i.drill
          and (i.ended_at is null or i.ended_at > ${now}::timestamptz - o.looks_back_minutes * interval '1 minute')
      )
    )
    order by o.workspace_id, o.id limit ${limit}
  `.execute(database);
  return rows;
}
