import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { BLOCK_MS, BUCKET_MS } from './buckets.ts';
import { type Histogram, HIGHEST_US, LOWEST_US, SLOTS } from './histogram.ts';
import { addPhases, type PhaseTotals } from './phase-totals.ts';

const SLOT = sql<number>`greatest(1, least(${sql.lit(SLOTS)}, width_bucket(ln(greatest(total_us, 1)), ln(${sql.lit(LOWEST_US)}), ln(${sql.lit(HIGHEST_US)}), ${sql.lit(SLOTS)})))`;
/** up and degraded: the target answered. */
const ANSWERED = sql<boolean>`outcome in (0, 1)`;

/** What `phase_sums` and `phase_counts` are made of, in the order of `PhaseTotals`. */
const PHASES = ['dns_code', 'tcp_code', 'tls_code', 'first_byte_code', 'transfer_code'] as const;
/** See `encodePhase`: tenths of a millisecond, whole ones below zero, and nothing at the lowest. */
const tenths = (code: string) =>
  sql`(case when ${sql.ref(code)} = -32768 then null when ${sql.ref(code)} >= 0 then ${sql.ref(code)} else ${sql.ref(code)} * -10 end)`;
const SUMS = sql`array[${sql.join(PHASES.map((code) => sql`coalesce(sum(${tenths(code)}), 0)::int`))}]`;
const COUNTS = sql`array[${sql.join(PHASES.map((code) => sql`count(*) filter (where ${sql.ref(code)} <> -32768)::int`))}]`;

/** Every number under which checks are stored: of monitors, and of the places from which they are asked beside here. */
const STREAMS = sql`(select number from monitor union select number from vantage)`;

/** Makes the buckets that start at `start` for these monitors (all when null), anew where they exist. */
export async function rollBucket(database: Database, start: Date, numbers: readonly number[] | null): Promise<void> {
  const end = new Date(start.getTime() + BUCKET_MS);
  await sql`
    with checks as materialized (
      select m.number, r.* from ${STREAMS} as m
      cross join lateral (
        select ${SLOT}::int2 as slot, dns_code, tcp_code, tls_code, first_byte_code, transfer_code from check_result
        where monitor_number = m.number and due_at >= ${start} and due_at < ${end} and ${ANSWERED}
      ) as r
      where ${numbers === null ? sql`true` : sql`m.number = any(${numbers}::int4[])`}
    ), counted as (
      select number, array_agg(slot order by slot) as slots, array_agg(checks order by slot) as counts
      from (select number, slot, count(*)::int as checks from checks group by number, slot) as s group by number
    ), timed as (
      select number, ${SUMS} as sums, ${COUNTS} as counts from checks group by number
    )
    insert into latency_bucket (monitor_number, starts_at, slots, counts, phase_sums, phase_counts)
    select number, ${start}, counted.slots, counted.counts, timed.sums, timed.counts from counted join timed using (number)
    on conflict (monitor_number, starts_at) do update set slots = excluded.slots, counts = excluded.counts,
      phase_sums = excluded.phase_sums, phase_counts = excluded.phase_counts
  `.execute(database);
}

const PHASE_INDEXES = PHASES.map((_, index) => sql.lit(index + 1));
const SUMS_OF_BUCKETS = sql`array[${sql.join(PHASE_INDEXES.map((index) => sql`sum(phase_sums[${index}])`))}]::float8[]`;
const COUNTS_OF_BUCKETS = sql`array[${sql.join(PHASE_INDEXES.map((index) => sql`sum(phase_counts[${index}])`))}]::int4[]`;

/** Makes the blocks that start at `start` of the buckets in them, for these monitors (all when null), anew where they exist. */
export async function rollBlock(database: Database, start: Date, numbers: readonly number[] | null): Promise<void> {
  const end = new Date(start.getTime() + BLOCK_MS);
  await sql`
    with own as materialized (
      select b.* from ${STREAMS} as m
      join latency_bucket b on b.monitor_number = m.number and b.starts_at >= ${start} and b.starts_at < ${end}
      where ${numbers === null ? sql`true` : sql`m.number = any(${numbers}::int4[])`}
    ), counted as (
      select monitor_number, array_agg(slot order by slot) as slots, array_agg(checks order by slot) as counts
      from (
        select monitor_number, slot, sum(checks)::int as checks from own, unnest(slots, counts) as u(slot, checks) group by 1, 2
      ) as s group by 1
    ), timed as (
      select monitor_number, ${SUMS_OF_BUCKETS} as sums, ${COUNTS_OF_BUCKETS} as counts from own
      where phase_sums is not null group by 1
    )
    insert into latency_block (monitor_number, starts_at, slots, counts, phase_sums, phase_counts)
    select monitor_number, ${start}, counted.slots, counted.counts, timed.sums, timed.counts
    from counted left join timed using (monitor_number)
    on conflict (monitor_number, starts_at) do update set slots = excluded.slots, counts = excluded.counts,
      phase_sums = excluded.phase_sums, phase_counts = excluded.phase_counts
  `.execute(database);
}

/** Up to where buckets are made; null before the first. */
export async function selectRolledUntil(database: Database): Promise<Date | null> {
  const { rows } = await sql<{ rolledUntil: Date }>`select rolled_until from latency_progress`.execute(database);
  return rows[0]?.rolledUntil ?? null;
}

/** Locks the progress against other nodes until the transaction ends; null when another one is at it. */
export async function lockProgress(database: Database, initial: Date): Promise<Date | null> {
  await sql`insert into latency_progress (rolled_until) values (${initial}) on conflict do nothing`.execute(database);
  const { rows } = await sql<{
    rolledUntil: Date;
  }>`select rolled_until from latency_progress for update skip locked`.execute(database);
  return rows[0]?.rolledUntil ?? null;
}

export async function storeProgress(database: Database, rolledUntil: Date): Promise<void> {
  await sql`update latency_progress set rolled_until = ${rolledUntil}`.execute(database);
}

/** The due time of the oldest check at or after an instant. */
export async function selectOldestDue(database: Database, from: Date): Promise<Date | null> {
  const { rows } = await sql<{ dueAt: Date | null }>`
    select min(oldest.due_at) as due_at from ${STREAMS} as m
    cross join lateral (
      select due_at from check_result where monitor_number = m.number and due_at >= ${from} order by due_at limit 1
    ) as oldest
  `.execute(database);
  return rows[0]?.dueAt ?? null;
}

export type LatencyStep = {
  readonly startMs: number;
  readonly histogram: Histogram;
  /** Null where they were not kept. */
  readonly phases: PhaseTotals | null;
};

/** Histograms in [from, to) per made bucket; the numbers come from a monitor of the workspace. */
export function selectBuckets(ctx: Ctx, numbers: readonly number[], from: Date, to: Date): Promise<LatencyStep[]> {
  return selectMade(ctx, 'latency_bucket', numbers, from, to);
}

/** The same per made block. */
export function selectBlocks(ctx: Ctx, numbers: readonly number[], from: Date, to: Date): Promise<LatencyStep[]> {
  return selectMade(ctx, 'latency_block', numbers, from, to);
}

async function selectMade(
  ctx: Ctx,
  table: 'latency_bucket' | 'latency_block',
  numbers: readonly number[],
  from: Date,
  to: Date,
): Promise<LatencyStep[]> {
  if (from >= to) return [];
  const { rows } = await sql<{
    startsAt: Date;
    slots: number[];
    counts: number[];
    phaseSums: number[] | null;
    phaseCounts: number[] | null;
  }>`
    select starts_at, slots, counts, phase_sums, phase_counts from ${sql.table(table)}
    where monitor_number = any(${[...numbers]}::int4[]) and starts_at >= ${from} and starts_at < ${to} order by starts_at
  `.execute(ctx.transaction);
  return rows.map((row) => ({
    startMs: row.startsAt.getTime(),
    histogram: new Map(row.slots.map((slot, i) => [slot, row.counts[i] ?? 0])),
    phases: row.phaseSums && row.phaseCounts ? { sums: row.phaseSums, counts: row.phaseCounts } : null,
  }));
}

/** The same straight from the checks, in steps of any length, for what has no bucket yet. */
export async function selectFromChecks(
  ctx: Ctx,
  numbers: readonly number[],
  from: Date,
  to: Date,
  stepMs: number,
): Promise<LatencyStep[]> {
  const { rows } = await sql<{ step: number; slot: number; checks: number; sums: number[]; counts: number[] }>`
    select floor(extract(epoch from due_at) * 1000 / ${stepMs}::float8)::float8 as step, ${SLOT}::int as slot, count(*)::int as checks,
      ${SUMS} as sums, ${COUNTS} as counts
    from check_result
    where monitor_number = any(${[...numbers]}::int4[]) and due_at >= ${from} and due_at < ${to} and ${ANSWERED}
    group by 1, 2 order by 1
  `.execute(ctx.transaction);
  return [...Map.groupBy(rows, (row) => row.step)].map(([step, own]) => ({
    startMs: step * stepMs,
    histogram: new Map(own.map((row) => [row.slot, row.checks])),
    phases: addPhases(own),
  }));
}

export async function deleteOldBuckets(database: Database, before: Date): Promise<void> {
  await sql`delete from latency_bucket where starts_at < ${before}`.execute(database);
  await sql`delete from latency_block where starts_at < ${before}`.execute(database);
}
