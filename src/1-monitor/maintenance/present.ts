import type { Ctx } from '#platform/ctx.ts';
import type { MaintenanceWindowView } from './contract.ts';
import { SHOWN_AHEAD } from './plan-ahead.ts';
import type { MaintenanceSeriesView } from './series-contract.ts';
import { type MaintenanceSeries, selectPlanned } from './series-store.ts';
import type { MaintenanceWindow } from './store.ts';

/** A window as the API shows it. */
export function presentWindow(ctx: Ctx, window: MaintenanceWindow): MaintenanceWindowView {
  return {
    ...window,
    serviceIds: [...window.serviceIds],
    monitorIds: [...window.monitorIds],
    startsAt: window.startsAt.toISOString(),
    endsAt: window.endsAt.toISOString(),
    state: stateOf(ctx, window),
    createdAt: window.createdAt.toISOString(),
    endedAt: window.endedAt?.toISOString() ?? null,
  };
}

type Times = Pick<MaintenanceWindow, 'startsAt' | 'endsAt' | 'endedAt'>;

function stateOf({ now }: Ctx, { startsAt, endsAt, endedAt }: Times): MaintenanceWindowView['state'] {
  if (endedAt !== null && endedAt <= startsAt) return 'called-off';
  if (endedAt !== null || endsAt <= now) return 'over';
  return startsAt > now ? 'planned' : 'running';
}

/** Series as the API shows them, each with what comes next. */
export async function presentSeries(ctx: Ctx, rows: readonly MaintenanceSeries[]): Promise<MaintenanceSeriesView[]> {
  if (rows.length === 0) return [];
  const planned = await selectPlanned(
    ctx,
    rows.map(({ id }) => id),
    SHOWN_AHEAD,
  );
  const nextOf = Map.groupBy(planned, ({ seriesId }) => seriesId);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    repeat: row.repeat,
    timeZone: row.timeZone,
    durationSeconds: row.durationSeconds,
    fromDate: row.fromDate,
    untilDate: row.untilDate,
    serviceIds: row.serviceIds,
    monitorIds: row.monitorIds,
    state: row.endedAt === null ? 'active' : 'over',
    next: (nextOf.get(row.id) ?? []).map(({ id, startsAt, endsAt, endedAt }) => ({
      id,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      state: endedAt === null ? 'planned' : 'called-off',
    })),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
  }));
}
