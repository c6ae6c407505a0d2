import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { numberArray, textArray } from '#platform/array-parameter.ts';
import { type Database, runSql } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';
import type { MonitorState } from '../verdict/contract.ts';
import type { Outcome, Result } from './contract.ts';
import type { Observation } from './observation.ts';
import { decodePhase, encodePhase } from './phase-code.ts';

/** Stored as smallint; the order is part of the data. */
const OUTCOMES: readonly Outcome[] = ['up', 'degraded', 'down', 'unknown'];

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** What a batch needs to know of a monitor, without its question. */
export type Standing = {
  readonly id: string;
  readonly locationId: string;
  /** Judged together with other places. */
  readonly joint: boolean;
  readonly number: number;
  readonly state: MonitorState;
  readonly settled: boolean;
  readonly sinceMs: number;
  readonly intervalMs: number;
  readonly certificateExpiresAtMs: number | null;
};

/**
 * Archived and foreign monitors are left out: nothing more is stored for them. Read with every batch, thus as numbers,
 * and past the plugins.
 */
export async function selectStandings(ctx: Ctx, monitorIds: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await runSql(ctx.transaction, SELECT_STANDINGS, [ctx.workspaceId, textArray(monitorIds)]);
  return new Map((rows as Standing[]).map((row) => [standingKey(row.id, row.locationId), row]));
}

export function standingKey(monitorId: string, locationId: string): string {
  return `${monitorId} ${locationId}`;
}

const SELECT_STANDINGS = `
  select m.id, coalesce(v.location_id, 'home') as "locationId", v.monitor_id is not null as joint,
    coalesce(v.number, m.number) as number, case when s.state = 'paused' then s.state else coalesce(v.state, s.state) end as state,
    coalesce(v.settled, s.settled) as settled, date_part('epoch', coalesce(v.since, s.since)) * 1000 as "sinceMs",
    m.interval_ms as "intervalMs", date_part('epoch', s.certificate_expires_at) * 1000 as "certificateExpiresAtMs"
  from monitor m join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
  left join vantage v on v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null
  where m.workspace_id = $1 and m.id = any($2::text[]) and m.archived_at is null`;

export type NumberedObservation = { readonly number: number; readonly seen: Observation };

/** Stores results in one statement; answers the keys (see `resultKey`) of those that were not there already. */
export async function insertResults(ctx: Ctx, results: readonly NumberedObservation[]): Promise<Set<string>> {
  const column = (pick: (seen: Observation) => number) => numberArray(results.map(({ seen }) => pick(seen)));
  const { rows } = await runSql(ctx.transaction, INSERT_RESULTS, [
    column((seen) => seen.dueAtMs),
    numberArray(results.map(({ number }) => number)),
    column((seen) => clamp(seen.startedAtMs - seen.dueAtMs)),
    column((seen) => clamp(seen.totalMs * 1_000)),
    column((seen) => encodePhase(seen.phases.dnsMs)),
    column((seen) => encodePhase(seen.phases.tcpMs)),
    column((seen) => encodePhase(seen.phases.tlsMs)),
    column((seen) => encodePhase(seen.phases.firstByteMs)),
    column((seen) => encodePhase(seen.phases.transferMs)),
    column((seen) => seen.status ?? 0),
    column((seen) => OUTCOMES.indexOf(seen.outcome)),
  ]);
  const [answer] = rows as { all: boolean; stored: [number, number][] | null }[];
  if (answer?.all) return new Set(results.map(({ number, seen }) => resultKey(number, seen.dueAtMs)));
  return new Set((answer?.stored ?? []).map(([number, dueAtMs]) => resultKey(number, dueAtMs)));
}

/** Names what was stored only when something was there already, which is rare. */
const INSERT_RESULTS = `
  with stored as (
    insert into check_result (due_at, monitor_number, late_ms, total_us, dns_code, tcp_code, tls_code, first_byte_code, transfer_code, status, outcome)
    select to_timestamp(due_ms / 1000.0), monitor_number, late_ms, total_us, dns, tcp, tls, first_byte, transfer, status, outcome
    from unnest($1::float8[], $2::int4[], $3::int4[], $4::int4[], $5::int2[], $6::int2[], $7::int2[], $8::int2[], $9::int2[], $10::int2[], $11::int2[])
      as r (due_ms, monitor_number, late_ms, total_us, dns, tcp, tls, first_byte, transfer, status, outcome)
    on conflict do nothing
    returning monitor_number, due_at
  ), counted as (select count(*) = cardinality($2::int4[]) as "all" from stored)
  select "all", case when not "all" then (
    select json_agg(json_build_array(monitor_number, round(date_part('epoch', due_at) * 1000))) from stored
  ) end as stored from counted`;

export function resultKey(number: number, dueAtMs: number): string {
  return `${number}:${Math.round(dueAtMs)}`;
}

function clamp(value: number): number {
  return Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.round(value)));
}

/** When the newest stored check of each monitor was due, looking no further back than `since`. */
export async function selectNewestDue(ctx: Ctx, numbers: readonly number[], since: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ number: number; dueAt: Date }>`
    select n.number, newest.due_at
    from unnest(${numbers}::int4[]) as n (number)
    cross join lateral (
      select due_at from check_result where monitor_number = n.number and due_at >= ${since} order by due_at desc limit 1
    ) as newest
  `.execute(ctx.transaction);
  return new Map(rows.map((row) => [row.number, row.dueAt.getTime()]));
}

type ResultRow = {
  monitorNumber: number;
  dueAt: Date;
  lateMs: number;
  totalUs: number;
  dnsCode: number;
  tcpCode: number;
  tlsCode: number;
  firstByteCode: number;
  transferCode: number;
  status: number;
  outcome: number;
};

export type ResultPosition = { readonly dueAt: Date; readonly number: number };
export type NumberedResult = Omit<Result, 'locationId'> & { readonly number: number };

/** Newest first, before a position and not older than `since`. The numbers come from a monitor of the workspace. */
export async function selectResultPage(
  ctx: Ctx,
  asked: { numbers: readonly number[]; before: ResultPosition | null; since: Date; limit: number },
): Promise<NumberedResult[]> {
  const { dueAt, number } = asked.before ?? { dueAt: new Date('9999-01-01'), number: 0 };
  const { rows } = await sql<ResultRow>`
    select monitor_number, due_at, late_ms, total_us, dns_code, tcp_code, tls_code, first_byte_code, transfer_code, status, outcome
    from check_result
    where monitor_number = any(${[...asked.numbers]}::int4[]) and due_at >= ${asked.since}
      and due_at <= ${dueAt} and (due_at, monitor_number) < (${dueAt}, ${number})
    order by due_at desc, monitor_number desc limit ${asked.limit}
  `.execute(ctx.transaction);
  return rows.map(presentResult);
}

function presentResult(row: ResultRow): NumberedResult {
  return {
    number: row.monitorNumber,
    dueAt: row.dueAt.toISOString(),
    startedAt: new Date(row.dueAt.getTime() + row.lateMs).toISOString(),
    outcome: OUTCOMES[row.outcome] ?? 'unknown',
    totalMs: row.totalUs / 1_000,
    phases: {
      dnsMs: decodePhase(row.dnsCode),
      tcpMs: decodePhase(row.tcpCode),
      tlsMs: decodePhase(row.tlsCode),
      firstByteMs: decodePhase(row.firstByteCode),
      transferMs: decodePhase(row.transferCode),
    },
    status: row.status === 0 ? null : row.status,
  };
}

export type Recent = {
  readonly number: number;
  readonly lastDueAt: Date;
  readonly totalsUs: readonly number[];
  readonly outcomes: readonly number[];
};

/** The last `count` checks of each monitor since `since`, oldest first. */
export async function selectRecent(
  ctx: Ctx,
  numbers: readonly number[],
  since: Date,
  count: number,
): Promise<Map<number, Recent>> {
  const { rows } = await sql<Recent>`
    select n.number, recent.*
    from unnest(${numbers}::int4[]) as n (number)
    cross join lateral (
      select max(due_at) as last_due_at, array_agg(total_us order by due_at) as totals_us, array_agg(outcome order by due_at) as outcomes
      from (
        select due_at, total_us, outcome from check_result
        where monitor_number = n.number and due_at >= ${since} order by due_at desc limit ${count}
      ) as last
    ) as recent
    where recent.last_due_at is not null
  `.execute(ctx.transaction);
  return new Map(rows.map((row) => [row.number, row]));
}

/**
 * The stored checks since an instant, by when they began; with more than `limit`, the newest. The numbers, each with its
 * place, come from a monitor of the workspace.
 */
export async function selectPast(
  ctx: Ctx,
  places: ReadonlyMap<number, string>,
  since: Date,
  limit: number,
): Promise<{ atMs: number; knownMs: number; place: string; outcome: Outcome }[]> {
  const { rows } = await runSql(ctx.transaction, SELECT_PAST, [numberArray([...places.keys()]), since, limit]);
  return (rows as { number: number; atMs: number; totalUs: number; outcome: number }[])
    .map(({ number, atMs, totalUs, outcome }) => ({
      atMs,
      knownMs: atMs + totalUs / 1_000,
      place: places.get(number) ?? '',
      outcome: OUTCOMES[outcome] ?? 'unknown',
    }))
    .toSorted((a, b) => a.atMs - b.atMs);
}

const SELECT_PAST = `
  select monitor_number as number, date_part('epoch', due_at) * 1000 + late_ms as "atMs", total_us as "totalUs", outcome
  from check_result where monitor_number = any($1::int4[]) and due_at >= $2 order by due_at desc limit $3`;

/** Whether the target answered: up or degraded. */
export function isAnswered(outcomeCode: number): boolean {
  return OUTCOMES[outcomeCode] === 'up' || OUTCOMES[outcomeCode] === 'degraded';
}

/** Makes the partitions of these days (UTC dates, `2026-11-23`) where they are missing. */
export async function ensureResultDays(database: Database, days: readonly string[]): Promise<void> {
  await sql`select ensure_check_result_day(day) from unnest(${days}::date[]) as day`.execute(database);
}

/** The days that have a partition, oldest first. */
export async function selectResultDays(database: Database): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') as day
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'check_result'::regclass order by c.relname
  `.execute(database);
  return rows.map((row) => row.day);
}

/** Gives up rather than make checks wait: the next sweep tries again. */
export async function dropResultDay(database: Database, day: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = '2s'`.execute(transaction);
    await sql`drop table ${sql.id(`check_result_${day.replaceAll('-', '')}`)}`.execute(transaction);
  });
}

/** Deletes at most `limit` failures that were due before an instant. */
export async function deleteOldFailures(database: Database, before: Date, limit: number): Promise<void> {
  await sql`
    delete from check_failure where (workspace_id, monitor_id, due_at) in
      (select workspace_id, monitor_id, due_at from check_failure where due_at < ${before} limit ${limit})
  `.execute(database);
}

export async function updateCertificate(ctx: Ctx, monitorId: string, expiresAt: Date): Promise<void> {
  await tables(ctx)
    .updateTable('monitorStatus')
    .set({ certificateExpiresAt: expiresAt })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}
