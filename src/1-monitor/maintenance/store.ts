import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';

type Row = Omit<Selectable<MonitorTables['maintenanceWindow']>, 'workspaceId'>;
export type Targets = { readonly serviceIds: readonly string[]; readonly monitorIds: readonly string[] };
export type MaintenanceWindow = Row & Targets;

const SHOWN = [
  'id',
  'title',
  'startsAt',
  'endsAt',
  'createdAt',
  'createdBy',
  'endedAt',
  'endedBy',
  'seriesId',
  'plannedFor',
] as const;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

function selectWindows(ctx: Ctx) {
  return tables(ctx).selectFrom('maintenanceWindow').select(SHOWN).where('workspaceId', '=', ctx.workspaceId);
}

async function withTargets(ctx: Ctx, rows: readonly Row[]): Promise<MaintenanceWindow[]> {
  if (rows.length === 0) return [];
  const ids = sql<string>`any(${rows.map(({ id }) => id)}::text[])`;
  const services = await tables(ctx)
    .selectFrom('maintenanceWindowService')
    .select(['maintenanceWindowId', 'serviceId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('maintenanceWindowId', '=', ids)
    .orderBy('serviceId')
    .execute();
  const monitors = await tables(ctx)
    .selectFrom('maintenanceWindowMonitor')
    .select(['maintenanceWindowId', 'monitorId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('maintenanceWindowId', '=', ids)
    .orderBy('monitorId')
    .execute();
  const servicesOf = Map.groupBy(services, ({ maintenanceWindowId }) => maintenanceWindowId);
  const monitorsOf = Map.groupBy(monitors, ({ maintenanceWindowId }) => maintenanceWindowId);
  return rows.map((row) => ({
    ...row,
    serviceIds: (servicesOf.get(row.id) ?? []).map(({ serviceId }) => serviceId),
    monitorIds: (monitorsOf.get(row.id) ?? []).map(({ monitorId }) => monitorId),
  }));
}

function running(ctx: Ctx) {
  return selectWindows(ctx)
    .where('startsAt', '<=', ctx.now)
    .where('endsAt', '>', ctx.now)
    .where('endedAt', 'is', null)
    .orderBy('endsAt', 'desc')
    .orderBy('id');
}

/**
 * Those that run now, the one that lasts longest first. Nobody changes them until the transaction ends, so that what is
 * decided by them is seen by whoever ends one.
 */
export async function holdRunningWindows(ctx: Ctx): Promise<MaintenanceWindow[]> {
  return withTargets(ctx, await running(ctx).forShare().execute());
}

/** Those that run now, the one that lasts longest first; for showing only. */
export async function selectRunningWindows(ctx: Ctx): Promise<MaintenanceWindow[]> {
  return withTargets(ctx, await running(ctx).execute());
}

/** Those that begin before `to` and go on after `from`, called off ones left out; in the order of their beginnings. */
export async function selectWindowsBetween(ctx: Ctx, from: Date, to: Date): Promise<MaintenanceWindow[]> {
  const rows = await selectWindows(ctx)
    .where('startsAt', '<', to)
    .where('endsAt', '>', from)
    .where((eb) =>
      eb.or([eb('endedAt', 'is', null), eb.and([eb('endedAt', '>', from), eb('endedAt', '>', eb.ref('startsAt'))])]),
    )
    .orderBy('startsAt')
    .orderBy('id')
    .execute();
  return withTargets(ctx, rows);
}

export type WindowPage = {
  readonly state: 'open' | 'running' | 'over' | undefined;
  readonly seriesId: string | undefined;
  readonly before: { readonly startsAt: Date; readonly id: string } | null;
  readonly limit: number;
};

/** The latest beginning first. */
export async function selectWindowPage(ctx: Ctx, page: WindowPage): Promise<MaintenanceWindow[]> {
  let query = selectWindows(ctx);
  if (page.state === 'open' || page.state === 'running')
    query = query.where('endsAt', '>', ctx.now).where('endedAt', 'is', null);
  if (page.state === 'running') query = query.where('startsAt', '<=', ctx.now);
  if (page.state === 'over')
    query = query.where((eb) => eb.or([eb('endsAt', '<=', ctx.now), eb('endedAt', 'is not', null)]));
  if (page.seriesId === 'none') query = query.where('seriesId', 'is', null);
  else if (page.seriesId !== undefined) query = query.where('seriesId', '=', page.seriesId);
  const { before } = page;
  if (before !== null) query = query.where(sql<boolean>`(starts_at, id) < (${before.startsAt}, ${before.id})`);
  return withTargets(ctx, await query.orderBy('startsAt', 'desc').orderBy('id', 'desc').limit(page.limit).execute());
}

export async function selectWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow | undefined> {
  return (await withTargets(ctx, await selectWindows(ctx).where('id', '=', windowId).execute()))[0];
}

/** Of these ids, those that are over as well. */
export async function selectWindowsByIds(ctx: Ctx, ids: readonly string[]): Promise<MaintenanceWindow[]> {
  if (ids.length === 0) return [];
  return withTargets(
    ctx,
    await selectWindows(ctx)
      .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
      .execute(),
  );
}

/** Locks the row until the transaction ends. */
export async function lockWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow | undefined> {
  return (await withTargets(ctx, await selectWindows(ctx).where('id', '=', windowId).forUpdate().execute()))[0];
}

type NewWindow = Omit<Insertable<MonitorTables['maintenanceWindow']>, 'workspaceId'>;

/** Writes windows of the same targets; what a series has planned already is left as it is. */
export async function insertWindows(ctx: Ctx, rows: readonly NewWindow[], targets: Targets): Promise<void> {
  if (rows.length === 0) return;
  const { workspaceId } = ctx;
  const made = await tables(ctx)
    .insertInto('maintenanceWindow')
    .values(rows.map((row) => ({ ...row, workspaceId })))
    .onConflict((oc) =>
      oc.columns(['workspaceId', 'seriesId', 'plannedFor']).where('seriesId', 'is not', null).doNothing(),
    )
    .returning('id')
    .execute();
  await insertTargets(
    ctx,
    made.map(({ id }) => id),
    targets,
  );
}

export async function updateWindow(
  ctx: Ctx,
  windowId: string,
  change: Updateable<MonitorTables['maintenanceWindow']>,
  targets?: Targets,
): Promise<void> {
  if (Object.keys(change).length > 0)
    await tables(ctx)
      .updateTable('maintenanceWindow')
      .set(change)
      .where('workspaceId', '=', ctx.workspaceId)
      .where('id', '=', windowId)
      .execute();
  if (targets === undefined) return;
  for (const table of ['maintenanceWindowService', 'maintenanceWindowMonitor'] as const)
    await tables(ctx)
      .deleteFrom(table)
      .where('workspaceId', '=', ctx.workspaceId)
      .where('maintenanceWindowId', '=', windowId)
      .execute();
  await insertTargets(ctx, [windowId], targets);
}

async function insertTargets(ctx: Ctx, windowIds: readonly string[], targets: Targets): Promise<void> {
  const { workspaceId } = ctx;
  const services = windowIds.flatMap((maintenanceWindowId) =>
    targets.serviceIds.map((serviceId) => ({ workspaceId, maintenanceWindowId, serviceId })),
  );
  const monitors = windowIds.flatMap((maintenanceWindowId) =>
    targets.monitorIds.map((monitorId) => ({ workspaceId, maintenanceWindowId, monitorId })),
  );
  for (const values of chunksOf(services))
    await tables(ctx).insertInto('maintenanceWindowService').values(values).execute();
  for (const values of chunksOf(monitors))
    await tables(ctx).insertInto('maintenanceWindowMonitor').values(values).execute();
}

/** A statement takes no more than 65,535 values. */
const ROWS_AT_ONCE = 5_000;

function chunksOf<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
}
