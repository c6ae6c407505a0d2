import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import { type BeatKind, type BeatRecord, KEPT_BEATS } from './beat-record.ts';

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** Stores beats, and forgets those that are too many of their heartbeat. */
export async function insertBeats(ctx: Ctx, beats: readonly BeatRecord[]): Promise<void> {
  if (beats.length === 0) return;
  const column = <Value>(pick: (beat: BeatRecord) => Value) => beats.map(pick);
  await sql`
    insert into heartbeat_beat (workspace_id, monitor_id, number, at, kind, exit_code, duration_ms, run_id, address, agent, log)
    select ${ctx.workspaceId}, b.* from unnest(
      ${column(({ monitorId }) => monitorId)}::text[], ${column(({ number }) => number)}::int8[],
      ${column(({ at }) => at)}::timestamptz[], ${column(({ kind }) => kind)}::text[],
      ${column(({ exitCode }) => exitCode)}::int2[], ${column(({ durationMs }) => durationMs)}::int4[],
      ${column(({ runId }) => runId)}::text[], ${column(({ address }) => address)}::text[],
      ${column(({ agent }) => agent)}::text[], ${column(({ log }) => log)}::text[]
    ) as b
  `.execute(ctx.transaction);
  const last = new Map(beats.map(({ monitorId, number }) => [monitorId, number]));
  await sql`
    delete from heartbeat_beat b
    using unnest(${[...last.keys()]}::text[], ${[...last.values()]}::int8[]) as l (monitor_id, number)
    where b.workspace_id = ${ctx.workspaceId} and b.monitor_id = l.monitor_id and b.number <= l.number - ${KEPT_BEATS}
  `.execute(ctx.transaction);
}

type ShownBeat = Omit<BeatRecord, 'monitorId' | 'log'> & { readonly logLength: number };

/** Newest first, without what they said. */
export function selectBeatPage(
  ctx: Ctx,
  asked: {
    readonly monitorId: string;
    readonly kind: BeatKind | undefined;
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<ShownBeat[]> {
  let query = tables(ctx)
    .selectFrom('heartbeatBeat')
    .select(['number', 'at', 'kind', 'exitCode', 'durationMs', 'runId', 'address', 'agent'])
    .select(sql<number>`length(log)`.as('logLength'))
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', asked.monitorId);
  if (asked.kind !== undefined) query = query.where('kind', '=', asked.kind);
  if (asked.before !== null) query = query.where('number', '<', asked.before);
  return query.orderBy('number', 'desc').limit(asked.limit).execute();
}

/** What one beat said; undefined when it is not kept. */
export async function selectBeatLog(ctx: Ctx, monitorId: string, number: number): Promise<string | undefined> {
  const row = await tables(ctx)
    .selectFrom('heartbeatBeat')
    .select('log')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.log;
}

/** Beats of every workspace that came before an instant. */
export async function deleteBeatsBefore(database: Database, before: Date, limit: number): Promise<void> {
  await sql`
    delete from heartbeat_beat where ctid = any(array(select ctid from heartbeat_beat where at < ${before} limit ${limit}))
  `.execute(database);
}
