import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { Run } from '../heartbeat/beat.ts';
import type { MonitorKind } from '../kind/kinds.ts';
import type { MetricTest } from '../kind/threshold.ts';
import type { MonitorTables } from '../tables.ts';
import type { MonitorState } from '../verdict/contract.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** A monitor with what is held of it; what only a heartbeat or a pushed value has is null for other kinds. */
export type MonitorRecord = Selectable<MonitorTables['monitor']> & {
  readonly serviceName: string;
  readonly state: MonitorState;
  readonly since: Date;
  readonly verdict: Verdict;
  readonly settled: boolean;
  readonly certificateExpiresAt: Date | null;
  readonly drillStartedAt: Date | null;
  readonly drillEndsAt: Date | null;
  /** Under which its checks stand for a list: from here when it is asked from here, else from its oldest place. */
  readonly shownNumber: number;
  readonly keySealed: string | null;
  readonly periodSeconds: number | null;
  readonly graceSeconds: number | null;
  readonly cron: string | null;
  readonly timeZone: string | null;
  readonly maxRunSeconds: number | null;
  readonly lastBeatAt: Date | null;
  readonly expectedAt: Date | null;
  readonly dueAt: Date | null;
  readonly runs: readonly Run[] | null;
  readonly lastDurationMs: number | null;
  readonly test: MetricTest | null;
  readonly threshold: number | null;
  readonly forSeconds: number | null;
  readonly lastValue: number | null;
  readonly lastValueAt: Date | null;
  readonly brokenSince: Date | null;
};

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

/** What people see: during a drill, down. */
const SHOWN_STATE = sql<MonitorState>`case when s.drill_ends_at is null then s.state else 'down' end`;
const SHOWN_NUMBER = sql<number>`coalesce((
  select p.number from vantage p where p.workspace_id = m.workspace_id and p.monitor_id = m.id and p.removed_at is null
  order by p.location_id <> 'home', p.number limit 1
), m.number)`;
const ATTENTION = sql<number>`array_position(array['down', 'degraded', 'unknown', 'up', 'paused'], ${SHOWN_STATE})`;

function monitors(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('monitor as m')
    .innerJoin('monitorStatus as s', (join) =>
      join.onRef('s.workspaceId', '=', 'm.workspaceId').onRef('s.monitorId', '=', 'm.id'),
    )
    .innerJoin('service as v', (join) =>
      join.onRef('v.workspaceId', '=', 'm.workspaceId').onRef('v.id', '=', 'm.serviceId'),
    )
    .leftJoin('heartbeat as h', (join) =>
      join.onRef('h.workspaceId', '=', 'm.workspaceId').onRef('h.monitorId', '=', 'm.id'),
    )
    .leftJoin('pushedValue as p', (join) =>
      join.onRef('p.workspaceId', '=', 'm.workspaceId').onRef('p.monitorId', '=', 'm.id'),
    )
    .selectAll('m')
    .select([
      'v.name as serviceName',
      's.state',
      's.since',
      's.verdict',
      's.settled',
      's.certificateExpiresAt',
      's.drillStartedAt',
      's.drillEndsAt',
    ])
    .select(SHOWN_NUMBER.as('shownNumber'))
    .select(({ fn }) => [
      fn.coalesce('h.keySealed', 'p.keySealed').as('keySealed'),
      fn.coalesce('h.periodSeconds', 'p.periodSeconds').as('periodSeconds'),
      fn.coalesce('h.graceSeconds', 'p.graceSeconds').as('graceSeconds'),
      fn.coalesce('h.dueAt', 'p.dueAt').as('dueAt'),
    ])
    .select([
      'h.cron',
      'h.timeZone',
      'h.maxRunSeconds',
      'h.lastBeatAt',
      'h.expectedAt',
      'h.runs',
      'h.lastDurationMs',
      'p.test',
      'p.threshold',
      'p.forSeconds',
      'p.lastValue',
      'p.lastValueAt',
      'p.brokenSince',
    ])
    .where('m.workspaceId', '=', ctx.workspaceId);
}

export function selectMonitor(ctx: Ctx, monitorId: string): Promise<MonitorRecord | undefined> {
  return monitors(ctx).where('m.id', '=', monitorId).executeTakeFirst();
}

/** Locks what is held of the monitor until the transaction ends. Archived monitors are not found. */
export function lockMonitor(ctx: Ctx, monitorId: string): Promise<MonitorRecord | undefined> {
  return monitors(ctx)
    .where('m.id', '=', monitorId)
    .where('m.archivedAt', 'is', null)
    .forUpdate('s')
    .executeTakeFirst();
}

/** Locks several, in one order for everybody, so that two batches never wait for each other in a ring. */
export function lockMonitors(ctx: Ctx, monitorIds: readonly string[]): Promise<MonitorRecord[]> {
  return monitors(ctx)
    .where('m.id', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .where('m.archivedAt', 'is', null)
    .orderBy('m.id')
    .forUpdate('s')
    .execute();
}

/** Monitors of every workspace whose drill is over, for the rule that ends them. */
export async function selectDueDrills(
  database: Database,
  now: Date,
): Promise<{ workspaceId: string; monitorId: string }[]> {
  return database
    .withTables<MonitorTables>()
    .selectFrom('monitorStatus')
    .select(['workspaceId', 'monitorId'])
    .where('drillEndsAt', '<=', now)
    .execute();
}

export function selectMonitors(ctx: Ctx, monitorIds: readonly string[]): Promise<MonitorRecord[]> {
  return monitors(ctx)
    .where('m.id', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .orderBy('m.name')
    .orderBy('m.id')
    .execute();
}

/** All that are in use, by age. */
export function selectAllMonitors(ctx: Ctx): Promise<MonitorRecord[]> {
  return monitors(ctx).where('m.archivedAt', 'is', null).orderBy('m.id').execute();
}

/** What some monitors ask; null for those that are asked themselves. */
export function selectUrls(ctx: Ctx, monitorIds: readonly string[]) {
  return tables(ctx)
    .selectFrom('monitor')
    .select(['id', 'kind', 'url'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', sql<string>`any(${[...monitorIds]}::text[])`)
    .execute();
}

export type MonitorFilter = {
  readonly state?: MonitorState | undefined;
  readonly kind?: MonitorKind | undefined;
  readonly serviceId?: string | undefined;
  readonly tag?: string | undefined;
  readonly group?: string | undefined;
  readonly inGroup?: string | undefined;
  readonly locationId?: string | undefined;
  readonly search?: string | undefined;
};
export type MonitorPosition = { readonly attention: number; readonly name: string; readonly id: string };

/** Down first, then degraded, unknown, up and paused; by name inside each. */
export function selectMonitorPage(ctx: Ctx, filter: MonitorFilter, after: MonitorPosition | null, limit: number) {
  let query = monitors(ctx).select(ATTENTION.as('attention')).where('m.archivedAt', 'is', null);
  if (filter.state) query = query.where(sql<boolean>`${SHOWN_STATE} = ${filter.state}`);
  if (filter.kind) query = query.where('m.kind', '=', filter.kind);
  if (filter.serviceId) query = query.where('m.serviceId', '=', filter.serviceId);
  if (filter.tag) query = query.where(sql<boolean>`${filter.tag.toLowerCase()} = any(m.tags)`);
  const { group, inGroup } = filter;
  if (group) query = query.where((eb) => eb.or([eb('m.groupPath', '=', group), isInside(group)]));
  if (inGroup !== undefined)
    query = inGroup === '' ? query.where('m.groupPath', 'is', null) : query.where('m.groupPath', '=', inGroup);
  if (filter.locationId) query = query.where(isAskedFrom(filter.locationId));
  if (filter.search) {
    query = query.where(
      sql<boolean>`strpos(lower(concat_ws(' ', m.name, m.url, v.name, array_to_string(m.tags, ' '))), lower(${filter.search})) > 0`,
    );
  }
  if (after)
    query = query.where(sql<boolean>`(${ATTENTION}, m.name, m.id) > (${after.attention}, ${after.name}, ${after.id})`);
  return query.orderBy(ATTENTION).orderBy('m.name').orderBy('m.id').limit(limit).execute();
}

function isInside(group: string) {
  return sql<boolean>`starts_with(m.group_path, ${`${group}/`})`;
}

/** From a place; from here too when it has no place of its own. */
function isAskedFrom(locationId: string) {
  const places = sql`select v.location_id from vantage v where v.workspace_id = m.workspace_id and v.monitor_id = m.id and v.removed_at is null`;
  return locationId === 'home'
    ? sql<boolean>`m.url is not null and ('home' in (${places}) or not exists (${places}))`
    : sql<boolean>`${locationId} in (${places})`;
}

export async function selectTags(ctx: Ctx): Promise<{ tag: string; monitors: number }[]> {
  const { rows } = await sql<{ tag: string; monitors: number }>`
    select tag, count(*)::int as monitors from monitor m, unnest(m.tags) as tag
    where m.workspace_id = ${ctx.workspaceId} and m.archived_at is null group by tag order by tag limit 500
  `.execute(ctx.transaction);
  return rows;
}

/** Services of more than one monitor, by name. */
export async function selectSharedServices(ctx: Ctx): Promise<{ id: string; name: string; monitors: number }[]> {
  const { rows } = await sql<{ id: string; name: string; monitors: number }>`
    select v.id, v.name, count(*)::int as monitors from monitor m
    join service v on v.workspace_id = m.workspace_id and v.id = m.service_id
    where m.workspace_id = ${ctx.workspaceId} and m.archived_at is null
    group by v.id, v.name having count(*) > 1 order by v.name, v.id limit 500
  `.execute(ctx.transaction);
  return rows;
}

/** The groups, with how many stand in each directly and the worst of them; null = those in none. */
export async function selectGroups(
  ctx: Ctx,
): Promise<{ group: string | null; monitors: number; state: MonitorState }[]> {
  const { rows } = await sql<{ group: string | null; monitors: number; state: MonitorState }>`
    select m.group_path as "group", count(*)::int as monitors,
      (array['down', 'degraded', 'unknown', 'up', 'paused'])[min(${ATTENTION})] as state
    from monitor m join monitor_status s on s.workspace_id = m.workspace_id and s.monitor_id = m.id
    where m.workspace_id = ${ctx.workspaceId} and m.archived_at is null
    group by m.group_path order by m.group_path nulls last limit 1000
  `.execute(ctx.transaction);
  return rows;
}

/** Every monitor of a group and of those inside it; `to` null = into the group around it. Answers how many. */
export async function moveGroup(ctx: Ctx, from: string, to: string | null): Promise<number> {
  const around = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : null;
  const rest = sql`nullif(substr(group_path, length(${from}) + 2), '')`;
  const { numAffectedRows } = await sql`
    update monitor m set group_path = nullif(concat_ws('/', ${to ?? around}::text, ${rest}), ''), updated_at = ${ctx.now}
    where m.workspace_id = ${ctx.workspaceId} and m.archived_at is null and (m.group_path = ${from} or ${isInside(from)})
  `.execute(ctx.transaction);
  return Number(numAffectedRows ?? 0);
}

export function countMonitorsByState(ctx: Ctx) {
  return tables(ctx)
    .selectFrom('monitor as m')
    .innerJoin('monitorStatus as s', (join) =>
      join.onRef('s.workspaceId', '=', 'm.workspaceId').onRef('s.monitorId', '=', 'm.id'),
    )
    .select([SHOWN_STATE.as('state'), sql<number>`count(*)::int`.as('monitors')])
    .where('m.workspaceId', '=', ctx.workspaceId)
    .where('m.archivedAt', 'is', null)
    .groupBy(SHOWN_STATE)
    .execute();
}

export async function insertMonitor(
  ctx: Ctx,
  row: Insertable<MonitorTables['monitor']>,
  verdict: Verdict,
): Promise<void> {
  await tables(ctx).insertInto('monitor').values(row).execute();
  await tables(ctx)
    .insertInto('monitorStatus')
    .values({
      workspaceId: row.workspaceId,
      monitorId: row.id,
      state: verdict.state,
      since: new Date(verdict.sinceMs),
      verdict,
      settled: true,
      certificateExpiresAt: null,
      drillStartedAt: null,
      drillEndsAt: null,
    })
    .execute();
}

/** Changes the monitor and its revision, by which checking programs notice. */
export async function updateMonitor(
  ctx: Ctx,
  monitorId: string,
  change: Updateable<MonitorTables['monitor']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('monitor')
    .set({ ...change, updatedAt: ctx.now, revision: sql<number>`revision + 1` })
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', monitorId)
    .execute();
}

export async function updateStatus(
  ctx: Ctx,
  monitorId: string,
  change: Updateable<MonitorTables['monitorStatus']>,
): Promise<void> {
  await tables(ctx)
    .updateTable('monitorStatus')
    .set(change)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('monitorId', '=', monitorId)
    .execute();
}
