import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import { isSettled, type Verdict } from '../verdict/verdict.ts';

/** A monitor as it is seen from one place. */
export type Vantage = Omit<Selectable<MonitorTables['vantage']>, 'workspaceId' | 'removedAt'>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** In use, by place; none for monitors that are asked from here alone. */
export function selectVantages(ctx: Ctx, monitorIds: readonly string[]): Promise<Vantage[]> {
  return tables(ctx)
    .selectFrom('vantage')
    .select(['monitorId', 'locationId', 'number', 'state', 'since', 'verdict', 'settled'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .where('removedAt', 'is', null)
    .orderBy('monitorId')
    .orderBy('locationId')
    .execute();
}

/** Begins to ask from a place, or to ask again; `number` null = one of its own. */
export async function putVantage(
  ctx: Ctx,
  row: { monitorId: string; locationId: string; number: number | null; verdict: Verdict },
): Promise<void> {
  const { monitorId, locationId, number, verdict } = row;
  const held = heldOf(verdict);
  await tables(ctx)
    .insertInto('vantage')
    .values({
      workspaceId: ctx.workspaceId,
      monitorId,
      locationId,
      removedAt: null,
      ...held,
      ...(number === null ? {} : { number }),
    })
    .onConflict((oc) =>
      oc.columns(['workspaceId', 'monitorId', 'locationId']).doUpdateSet({ removedAt: null, ...held }),
    )
    .execute();
}

export async function updateVantage(ctx: Ctx, monitorId: string, locationId: string, verdict: Verdict): Promise<void> {
  await tables(ctx)
    .updateTable('vantage')
    .set(heldOf(verdict))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .where('locationId', '=', locationId)
    .execute();
}

/** Forgets what every place holds of a monitor, as when it is paused. */
export async function resetVantages(ctx: Ctx, monitorId: string, verdict: Verdict): Promise<void> {
  await tables(ctx)
    .updateTable('vantage')
    .set(heldOf(verdict))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}

/** No longer asked from any other place than these. */
export async function removeVantages(ctx: Ctx, monitorId: string, except: readonly string[]): Promise<void> {
  await tables(ctx)
    .updateTable('vantage')
    .set({ removedAt: ctx.now })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .where('removedAt', 'is', null)
    .where('locationId', '!=', sql<string>`all(${[...except]}::text[])`)
    .execute();
}

/** How many monitors are asked from a place. */
export async function countVantages(ctx: Ctx, locationId: string): Promise<number> {
  const { rows } = await sql<{ monitors: number }>`
    select count(*)::int as monitors from vantage v
    join monitor m on m.workspace_id = v.workspace_id and m.id = v.monitor_id and m.archived_at is null
    where v.workspace_id = ${ctx.workspaceId} and v.location_id = ${locationId} and v.removed_at is null
  `.execute(ctx.transaction);
  return rows[0]?.monitors ?? 0;
}

export type UnseenVantage = {
  readonly workspaceId: string;
  readonly monitorId: string;
  readonly locationId: string;
  readonly number: number;
  readonly intervalMs: number;
};

/**
 * Places that have judged a monitor and not asked it for three intervals, its timeout and a minute, and those whose first
 * word has been awaited for so long.
 */
export async function selectUnseenVantages(database: Database, now: Date, limit: number): Promise<UnseenVantage[]> {
  const { rows } = await sql<UnseenVantage>`
    select v.workspace_id, v.monitor_id, v.location_id, v.number, m.interval_ms
    from vantage v
    join monitor m on m.workspace_id = v.workspace_id and m.id = v.monitor_id
    join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
    cross join lateral (select ${now}::timestamptz - (3 * m.interval_ms::bigint + m.timeout_ms + 60000) * interval '1 millisecond' as at) as last
    where v.removed_at is null and m.archived_at is null and s.state <> 'paused' and v.since < last.at
      and case
        when v.state = 'unknown' then coalesce(v.verdict->>'awaited' = 'true', false)
        else not exists (select from check_result r where r.monitor_number = v.number and r.due_at > last.at)
      end
    limit ${limit}
  `.execute(database);
  return rows;
}

function heldOf(verdict: Verdict) {
  return { state: verdict.state, since: new Date(verdict.sinceMs), verdict, settled: isSettled(verdict) };
}
