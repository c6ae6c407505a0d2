import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorTables } from '../tables.ts';

type Row = Omit<Selectable<MonitorTables['maintenanceWindow']>, 'workspaceId'>;
export type MaintenanceWindow = Row & { readonly serviceIds: readonly string[] };

const SHOWN = ['id', 'title', 'startsAt', 'endsAt', 'createdAt', 'createdBy', 'endedAt', 'endedBy'] as const;

const tables = (ctx: Ctx) => ctx.transaction.withTables<MonitorTables>();

function selectWindows(ctx: Ctx) {
  return tables(ctx).selectFrom('maintenanceWindow').select(SHOWN).where('workspaceId', '=', ctx.workspaceId);
}

async function withServices(ctx: Ctx, rows: readonly Row[]): Promise<MaintenanceWindow[]> {
  if (rows.length === 0) return [];
  const found = await tables(ctx)
    .selectFrom('maintenanceWindowService')
    .select(['maintenanceWindowId', 'serviceId'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where(
      'maintenanceWindowId',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('serviceId')
    .execute();
  const byWindow = Map.groupBy(found, ({ maintenanceWindowId }) => maintenanceWindowId);
  return rows.map((row) => ({
    ...row,
    serviceIds: (byWindow.get(row.id) ?? []).map(({ serviceId }) => serviceId),
  }));
}

/**
 * Those that run now, the one that lasts longest first. Nobody changes them until the transaction ends, so that what is
 * decided by them is seen by whoever ends one.
 */
export async function selectRunningWindows(ctx: Ctx): Promise<MaintenanceWindow[]> {
  const rows = await selectWindows(ctx)
    .where('startsAt', '<=', ctx.now)
    .where('endsAt', '>', ctx.now)
    .where('endedAt', 'is', null)
    .orderBy('endsAt', 'desc')
    .orderBy('id')
    .forShare()
    .execute();
  return withServices(ctx, rows);
}

export type WindowPage = {
  readonly state: 'open' | 'over' | undefined;
  readonly beforeId: string | null;
  readonly limit: number;
};

/** Newest first. */
export async function selectWindowPage(ctx: Ctx, page: WindowPage): Promise<MaintenanceWindow[]> {
  let query = selectWindows(ctx);
  if (page.state === 'open') query = query.where('endsAt', '>', ctx.now).where('endedAt', 'is', null);
  if (page.state === 'over')
    query = query.where((eb) => eb.or([eb('endsAt', '<=', ctx.now), eb('endedAt', 'is not', null)]));
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  return withServices(ctx, await query.orderBy('id', 'desc').limit(page.limit).execute());
}

export async function selectWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow | undefined> {
  return (await withServices(ctx, await selectWindows(ctx).where('id', '=', windowId).execute()))[0];
}

/** Locks the row until the transaction ends. */
export async function lockWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow | undefined> {
  return (await withServices(ctx, await selectWindows(ctx).where('id', '=', windowId).forUpdate().execute()))[0];
}

export async function insertWindow(
  ctx: Ctx,
  row: Omit<Insertable<MonitorTables['maintenanceWindow']>, 'workspaceId'>,
  serviceIds: readonly string[],
): Promise<void> {
  await tables(ctx)
    .insertInto('maintenanceWindow')
    .values({ ...row, workspaceId: ctx.workspaceId })
    .execute();
  await insertServices(ctx, row.id, serviceIds);
}

export async function updateWindow(
  ctx: Ctx,
  windowId: string,
  change: Updateable<MonitorTables['maintenanceWindow']>,
  serviceIds?: readonly string[],
): Promise<void> {
  if (Object.keys(change).length > 0)
    await tables(ctx)
      .updateTable('maintenanceWindow')
      .set(change)
      .where('workspaceId', '=', ctx.workspaceId)
      .where('id', '=', windowId)
      .execute();
  if (serviceIds === undefined) return;
  await tables(ctx)
    .deleteFrom('maintenanceWindowService')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('maintenanceWindowId', '=', windowId)
    .execute();
  await insertServices(ctx, windowId, serviceIds);
}

async function insertServices(ctx: Ctx, maintenanceWindowId: string, serviceIds: readonly string[]): Promise<void> {
  const { workspaceId } = ctx;
  await tables(ctx)
    .insertInto('maintenanceWindowService')
    .values(serviceIds.map((serviceId) => ({ workspaceId, maintenanceWindowId, serviceId })))
    .execute();
}
