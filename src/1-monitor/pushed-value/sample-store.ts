import { sql } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { MonitorTables } from '../tables.ts';

export type Sample = {
  readonly monitorId: string;
  /** Counts the values of one monitor from 1. */
  readonly number: number;
  readonly at: Date;
  readonly value: number;
};

/** So many of each monitor are kept. */
const KEPT_VALUES = 1_000;

/** Stores values, and forgets those that are too many of their monitor. */
export async function insertSamples(ctx: Ctx, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await sql`
    insert into pushed_value_sample (workspace_id, monitor_id, number, at, value)
    select ${ctx.workspaceId}, s.* from unnest(
      ${samples.map(({ monitorId }) => monitorId)}::text[], ${samples.map(({ number }) => number)}::int8[],
      ${samples.map(({ at }) => at)}::timestamptz[], ${samples.map(({ value }) => value)}::float8[]
    ) as s
  `.execute(ctx.transaction);
  const last = new Map(samples.map(({ monitorId, number }) => [monitorId, number]));
  await sql`
    delete from pushed_value_sample s
    using unnest(${[...last.keys()]}::text[], ${[...last.values()]}::int8[]) as l (monitor_id, number)
    where s.workspace_id = ${ctx.workspaceId} and s.monitor_id = l.monitor_id and s.number <= l.number - ${KEPT_VALUES}
  `.execute(ctx.transaction);
}

/** Newest first. */
export function selectSamplePage(
  ctx: Ctx,
  asked: { readonly monitorId: string; readonly before: number | null; readonly limit: number },
): Promise<Omit<Sample, 'monitorId'>[]> {
  let query = ctx.transaction
    .withTables<MonitorTables>()
    .selectFrom('pushedValueSample')
    .select(['number', 'at', 'value'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', asked.monitorId);
  if (asked.before !== null) query = query.where('number', '<', asked.before);
  return query.orderBy('number', 'desc').limit(asked.limit).execute();
}

/** Values of every workspace that came before an instant. */
export async function deleteSamplesBefore(database: Database, before: Date, limit: number): Promise<void> {
  await sql`
    delete from pushed_value_sample where ctid = any(array(
      select ctid from pushed_value_sample where at < ${before} limit ${limit}
    ))
  `.execute(database);
}
