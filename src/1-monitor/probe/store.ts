import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { type Checkable, isCheckable } from '../monitor/check-spec.ts';
import { placeOffsetMs } from '../vantage/place-offset.ts';
import type { MonitorTables } from '../tables.ts';

/** Says that a node lives, by the database's clock, and names those that do. */
export async function beatNode(database: Database, nodeId: string, liveSeconds: number): Promise<string[]> {
  await sql`
    insert into probe_node (id, seen_at) values (${nodeId}, now()) on conflict (id) do update set seen_at = now()
  `.execute(database);
  const { rows } = await sql<{ id: string }>`
    select id from probe_node where seen_at > now() - make_interval(secs => ${liveSeconds}) order by id
  `.execute(database);
  return rows.map((row) => row.id);
}

/** Gives up the node's share at once. */
export async function removeNode(database: Database, nodeId: string): Promise<void> {
  await sql`delete from probe_node where id = ${nodeId} or seen_at < now() - interval '1 day'`.execute(database);
}

export type Assignable = { readonly workspaceId: string; readonly id: string; readonly revision: number };

/** Whether a monitor is asked from several places, or from another one; and from here among them. */
const FROM_PLACES = sql`exists (select from vantage v where v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null)`;
const FROM_HERE = sql`exists (select from vantage v where v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null and v.location_id = 'home')`;

/** From where a monitor is asked; null when that is here alone. */
const PLACES = sql<
  string[] | null
>`(select array_agg(v.location_id) from vantage v where v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null)`;

function asking(database: Database) {
  return database
    .withTables<MonitorTables>()
    .selectFrom('monitor as m')
    .innerJoin('monitorStatus as s', (join) =>
      join.onRef('s.workspaceId', '=', 'm.workspaceId').onRef('s.monitorId', '=', 'm.id'),
    )
    .where('m.url', 'is not', null)
    .where('m.archivedAt', 'is', null)
    .where('s.state', '!=', 'paused');
}

/** Monitors of every workspace that are to be checked from here; only the named ones when ids are given. */
export function selectAssignable(database: Database, monitorIds: readonly string[] | null): Promise<Assignable[]> {
  let query = asking(database)
    .select(['m.workspaceId', 'm.id', 'm.revision'])
    .where(sql<boolean>`(${FROM_HERE} or not ${FROM_PLACES})`);
  if (monitorIds) query = query.where('m.id', '=', sql<string>`any(${[...monitorIds]}::text[])`);
  return query.execute();
}

/** Those of a workspace that are to be checked from a place elsewhere. */
export function selectAssignableFrom(
  database: Database,
  workspaceId: string,
  locationId: string,
): Promise<Assignable[]> {
  return asking(database)
    .innerJoin('vantage as v', (join) =>
      join.onRef('v.workspaceId', '=', 'm.workspaceId').onRef('v.monitorId', '=', 'm.id'),
    )
    .select(['m.workspaceId', 'm.id', 'm.revision'])
    .where('m.workspaceId', '=', workspaceId)
    .where('v.locationId', '=', locationId)
    .where('v.removedAt', 'is', null)
    .execute();
}

/** Their questions, as a place is to ask them. */
export async function selectCheckables(
  database: Database,
  monitorIds: readonly string[],
  locationId: string,
): Promise<(Checkable & Assignable)[]> {
  const rows = await asking(database)
    .select([
      'm.workspaceId',
      'm.id',
      'm.kind',
      'm.revision',
      'm.url',
      'm.intervalMs',
      'm.timeoutMs',
      'm.question',
      'm.sealedSecrets',
      PLACES.as('places'),
    ])
    .where('m.id', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .execute();
  return rows.flatMap(({ places, ...row }) =>
    isCheckable(row) ? [{ ...row, offsetMs: placeOffsetMs(places ?? [], locationId, row.intervalMs) }] : [],
  );
}

export type Unseen = { readonly workspaceId: string; readonly monitorId: string };

/** Judged monitors that nobody has checked for three intervals, their timeout and a minute. */
export async function selectUnseen(database: Database, now: Date, limit: number): Promise<Unseen[]> {
  const { rows } = await sql<Unseen>`
    select m.workspace_id, m.id as monitor_id
    from monitor m
    join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
    cross join lateral (select ${now}::timestamptz - (3 * m.interval_ms::bigint + m.timeout_ms + 60000) * interval '1 millisecond' as at) as last
    where m.url is not null and m.archived_at is null and s.state in ('up', 'degraded', 'down') and s.since < last.at
      and not ${FROM_PLACES}
      and not exists (select from check_result r where r.monitor_number = m.number and r.due_at > last.at)
    limit ${limit}
  `.execute(database);
  return rows;
}

/** Workspaces that have something checked, what is told to us aside. */
export async function selectCheckingWorkspaces(database: Database): Promise<string[]> {
  const rows = await asking(database).select('m.workspaceId').distinct().orderBy('m.workspaceId').execute();
  return rows.map(({ workspaceId }) => workspaceId);
}

/** Of those asked from here most often, how many there are and how many have had no result for a while. */
export async function countSilent(
  database: Database,
  now: Date,
  graceMs: number,
): Promise<{ asked: number; silent: number }> {
  const { rows } = await sql<{ asked: number; silent: number }>`
    with often as (
      select m.number, ${now}::timestamptz - (2 * m.interval_ms::bigint + m.timeout_ms + ${graceMs}::int) * interval '1 millisecond' as since
      from monitor m
      join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
      where m.url is not null and m.archived_at is null and s.state <> 'paused' and not ${FROM_PLACES}
        and m.updated_at < ${now}::timestamptz - (2 * m.interval_ms::bigint + m.timeout_ms + ${graceMs}::int) * interval '1 millisecond'
      order by m.interval_ms limit 100
    )
    select count(*)::int as asked, (count(*) filter (where not exists (
      select from check_result r where r.monitor_number = often.number and r.due_at > often.since
    )))::int as silent from often
  `.execute(database);
  return rows[0] ?? { asked: 0, silent: 0 };
}

export async function countOverdueBeats(database: Database, now: Date, graceMs: number): Promise<number> {
  const row = await database
    .withTables<MonitorTables>()
    .selectFrom('heartbeat')
    .select((eb) => eb.fn.countAll<string>().as('overdue'))
    .where('dueAt', '<', new Date(now.getTime() - graceMs))
    .executeTakeFirstOrThrow();
  return Number(row.overdue);
}
