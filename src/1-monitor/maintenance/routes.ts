import { z } from 'zod';
import { instant } from '#kernel/schema.ts';
import { pageOf as pageOfIds, readCursor as readId } from '#platform/page.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { changeSeries, endSeries, planSeries, previewSeries } from './change-series.ts';
import { changeMaintenance, endMaintenance, planMaintenance } from './change-windows.ts';
import {
  changeMaintenanceWindow,
  createMaintenanceWindow,
  endMaintenanceWindow,
  listMaintenanceWindows,
} from './contract.ts';
import { presentSeries, presentWindow } from './present.ts';
import {
  changeMaintenanceSeries,
  createMaintenanceSeries,
  endMaintenanceSeries,
  listMaintenanceSeries,
  type MaintenanceSeriesView,
  previewMaintenanceSeries,
} from './series-contract.ts';
import { type MaintenanceSeries, selectSeriesPage } from './series-store.ts';
import { selectWindowPage } from './store.ts';

const position = z.object({ startsAt: instant, id: z.string().max(80) });

export const maintenanceRoutes: readonly RouteBinding[] = [
  bind(listMaintenanceWindows, async (ctx, { query }) => {
    const key = readCursor(query.cursor, position);
    const before = key && { startsAt: new Date(key.startsAt), id: key.id };
    const { state, seriesId, limit } = query;
    const rows = await selectWindowPage(ctx, { state, seriesId, before, limit: limit + 1 });
    const page = pageOf(rows, limit, ({ startsAt, id }) => ({ startsAt: startsAt.toISOString(), id }));
    return { ...page, items: page.items.map((row) => presentWindow(ctx, row)) };
  }),
  bind(createMaintenanceWindow, async (ctx, { body }) => presentWindow(ctx, await planMaintenance(ctx, body))),
  bind(changeMaintenanceWindow, async (ctx, { params, body }) =>
    presentWindow(ctx, await changeMaintenance(ctx, params.id, body)),
  ),
  bind(endMaintenanceWindow, async (ctx, { params }) => presentWindow(ctx, await endMaintenance(ctx, params.id))),
  bind(listMaintenanceSeries, async (ctx, { query }) => {
    const beforeId = readId(query, /^mse_[A-Za-z0-9_-]+$/);
    const rows = await selectSeriesPage(ctx, { state: query.state, beforeId, limit: query.limit + 1 });
    const page = pageOfIds(
      rows,
      query,
      ({ id }) => id,
      (row) => row,
    );
    return { ...page, items: await presentSeries(ctx, page.items) };
  }),
  bind(previewMaintenanceSeries, async (ctx, { body }) => {
    const items = await previewSeries(ctx, body);
    return {
      items: items.map(({ startsAt, endsAt }) => ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() })),
    };
  }),
  bind(createMaintenanceSeries, async (ctx, { body }) => shown(ctx, await planSeries(ctx, body))),
  bind(changeMaintenanceSeries, async (ctx, { params, body }) => shown(ctx, await changeSeries(ctx, params.id, body))),
  bind(endMaintenanceSeries, async (ctx, { params }) => shown(ctx, await endSeries(ctx, params.id))),
];

async function shown(ctx: Ctx, series: MaintenanceSeries): Promise<MaintenanceSeriesView> {
  const [view] = await presentSeries(ctx, [series]);
  if (!view) throw new Error('Invariant broken: one series makes one view');
  return view;
}
