import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { Pulse } from './beat.ts';
import type { Gap } from './deaf.ts';

export type HeartbeatRow = Selectable<MonitorTables['heartbeat']>;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

export async function insertHeartbeat(ctx: Ctx, row: Insertable<MonitorTables['heartbeat']>): Promise<void> {
  await tables(ctx).insertInto('heartbeat').values(row).execute();
}

export async function updateHeartbeat(
  ctx: Ctx,
  monitorId: string,
  change: Updateable<MonitorTables['heartbeat']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('heartbeat')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}

/** Disarms a heartbeat until its next beat; nothing happens for other monitors. */
export function suspendDue(ctx: Ctx, monitorId: string): Promise<void> {
  return updateHeartbeat(ctx, monitorId, { expectedAt: null, dueAt: null, runs: '[]' });
}

/** The heartbeat of a workspace with a name, whatever its capitals; the oldest of several. */
export async function findHeartbeatByName(
  database: Database,
  workspaceId: string,
  name: string,
): Promise<string | null> {
  const row = await database
    .withTables<MonitorTables>()
    .selectFrom('heartbeat as h')
    .innerJoin('monitor as m', (join) =>
      join.onRef('m.workspaceId', '=', 'h.workspaceId').onRef('m.id', '=', 'h.monitorId'),
    )
    .select('h.monitorId')
    .where('h.workspaceId', '=', workspaceId)
    .where('m.archivedAt', 'is', null)
    .where(sql`lower(m.name)`, '=', name.toLowerCase())
    .orderBy('h.monitorId')
    .executeTakeFirst();
  return row?.monitorId ?? null;
}

/** Those of a workspace by id, which is by age. */
export async function selectHeartbeatNames(
  database: Database,
  workspaceId: string,
): Promise<{ id: string; name: string }[]> {
  return await database
    .withTables<MonitorTables>()
    .selectFrom('monitor')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', 'heartbeat')
    .where('archivedAt', 'is', null)
    .orderBy('id')
    .execute();
}

export type LockedHeartbeat = HeartbeatRow & { readonly paused: boolean };

/** Locks heartbeats in one order for everybody. */
export function lockHeartbeats(ctx: Ctx, monitorIds: readonly string[]): Promise<LockedHeartbeat[]> {
  return tables(ctx)
    .selectFrom('heartbeat as h')
    .innerJoin('monitorStatus as s', (join) =>
      join.onRef('s.workspaceId', '=', 'h.workspaceId').onRef('s.monitorId', '=', 'h.monitorId'),
    )
    .selectAll('h')
    .select(sql<boolean>`s.state = 'paused'`.as('paused'))
    .where('h.workspaceId', '=', ctx.workspaceId)
    .where('h.monitorId', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .orderBy('h.monitorId')
    .forUpdate('h')
    .execute();
}

type PulseRow = Pulse & Pick<HeartbeatRow, 'monitorId' | 'beatCount'>;

/** Stores what many heartbeats have become, in one statement. */
export async function updatePulses(ctx: Ctx, rows: readonly PulseRow[]): Promise<void> {
  await sql`
    update heartbeat h set last_beat_at = p.last_beat_at, expected_at = p.expected_at, due_at = p.due_at, runs = p.runs,
      last_duration_ms = p.last_duration_ms, beat_count = p.beat_count
    from unnest(
      ${rows.map((row) => row.monitorId)}::text[], ${rows.map((row) => row.lastBeatAt)}::timestamptz[],
      ${rows.map((row) => row.expectedAt)}::timestamptz[], ${rows.map((row) => row.dueAt)}::timestamptz[],
      ${rows.map((row) => JSON.stringify(row.runs))}::jsonb[], ${rows.map((row) => row.lastDurationMs)}::int4[],
      ${rows.map((row) => row.beatCount)}::int8[]
    ) as p (monitor_id, last_beat_at, expected_at, due_at, runs, last_duration_ms, beat_count)
    where h.workspace_id = ${ctx.workspaceId} and h.monitor_id = p.monitor_id
  `.execute(ctx.transaction);
}

/** Heartbeats of every workspace whose time is over, longest first. */
export function selectOverdue(
  database: Database,
  now: Date,
  limit: number,
): Promise<Pick<HeartbeatRow, 'workspaceId' | 'monitorId'>[]> {
  return database
    .withTables<MonitorTables>()
    .selectFrom('heartbeat')
    .select(['workspaceId', 'monitorId'])
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .limit(limit)
    .execute();
}

/** Notes that we listen now, and answers the last stretch in which we have not for longer than `tolerance`. */
export async function noteListening(database: Database, now: Date, toleranceMs: number): Promise<Gap | null> {
  const { rows } = await sql<{ deafFrom: Date | null; deafUntil: Date | null }>`
    insert into listening as l (heard_until) values (${now})
    on conflict (only_one) do update set
      deaf_from = case when ${now} > l.heard_until + ${toleranceMs} * interval '1 millisecond' then l.heard_until else l.deaf_from end,
      deaf_until = case when ${now} > l.heard_until + ${toleranceMs} * interval '1 millisecond' then ${now} else l.deaf_until end,
      heard_until = greatest(l.heard_until, ${now})
    returning deaf_from, deaf_until
  `.execute(database);
  const [row] = rows;
  return row?.deafFrom && row.deafUntil ? { from: row.deafFrom, until: row.deafUntil } : null;
}
