import { pageOf, readCursor } from '#platform/page.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { changeMaintenance, endMaintenance, planMaintenance } from './change-windows.ts';
import {
  changeMaintenanceWindow,
  createMaintenanceWindow,
  endMaintenanceWindow,
  listMaintenanceWindows,
  type MaintenanceWindowView,
} from './contract.ts';
import { type MaintenanceWindow, selectWindowPage } from './store.ts';

export const maintenanceRoutes: readonly RouteBinding[] = [
  bind(listMaintenanceWindows, async (ctx, { query }) => {
    const beforeId = readCursor(query, /^mwn_[A-Za-z0-9_-]+$/);
    const rows = await selectWindowPage(ctx, { state: query.state, beforeId, limit: query.limit + 1 });
    return pageOf(
      rows,
      query,
      (row) => row.id,
      (row) => present(ctx, row),
    );
  }),
  bind(createMaintenanceWindow, async (ctx, { body }) => present(ctx, await planMaintenance(ctx, body))),
  bind(changeMaintenanceWindow, async (ctx, { params, body }) =>
    present(ctx, await changeMaintenance(ctx, params.id, body)),
  ),
  bind(endMaintenanceWindow, async (ctx, { params }) => present(ctx, await endMaintenance(ctx, params.id))),
];

function present(ctx: Ctx, window: MaintenanceWindow): MaintenanceWindowView {
  return {
    ...window,
    serviceIds: [...window.serviceIds],
    startsAt: window.startsAt.toISOString(),
    endsAt: window.endsAt.toISOString(),
    state: stateOf(ctx, window),
    createdAt: window.createdAt.toISOString(),
    endedAt: window.endedAt?.toISOString() ?? null,
  };
}

function stateOf({ now }: Ctx, { startsAt, endsAt, endedAt }: MaintenanceWindow): MaintenanceWindowView['state'] {
  if (endedAt !== null || endsAt <= now) return 'over';
  return startsAt > now ? 'planned' : 'running';
}
