import { readAllowedTargets, readWorkspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { type LocationRow, selectLocationPage } from '../location/store.ts';
import { type MaintenanceSeries, selectSeriesPage, selectSeriesByIds } from '../maintenance/series-store.ts';
import { type MaintenanceWindow, selectWindowPage, selectWindowsByIds } from '../maintenance/store.ts';
import { type MonitorRecord, selectAllMonitors } from '../monitor/store.ts';
import { monitorPorts } from '../ports.ts';
import { type Dependency, selectDependencies } from '../service/dependency-store.ts';
import { selectServices, type ServiceRow } from '../service/store.ts';
import { selectSloPage, type SloRow } from '../slo/store.ts';
import { selectVantages } from '../vantage/store.ts';
import { type ConfigKey, selectConfigKeys } from './store.ts';

/** Everything that files can speak of, as it stands. */
export type Here = {
  readonly keys: readonly ConfigKey[];
  readonly services: readonly ServiceRow[];
  readonly dependencies: readonly Dependency[];
  readonly policies: readonly { readonly id: string; readonly name: string }[];
  readonly monitors: readonly MonitorRecord[];
  /** From where monitors are asked that are not asked from here alone. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly locations: readonly LocationRow[];
  readonly slos: readonly SloRow[];
  /** Single ones that are not over, and those that a key stands for. */
  readonly windows: readonly MaintenanceWindow[];
  readonly series: readonly MaintenanceSeries[];
  readonly allowedTargets: readonly string[];
  readonly timeZone: string;
  readonly now: Date;
};

const ALL = 1_000_000;

/** Reads all of it in a few queries, however much there is. */
export async function readHereNow(ctx: Ctx): Promise<Here> {
  const keys = await selectConfigKeys(ctx);
  const monitors = await selectAllMonitors(ctx);
  const vantages = await selectVantages(
    ctx,
    monitors.map(({ id }) => id),
  );
  const places = new Map<string, string[]>();
  for (const { monitorId, locationId } of vantages)
    places.set(monitorId, [...(places.get(monitorId) ?? []), locationId]);
  const keyed = keys.filter(({ section }) => section === 'maintenance').map(({ targetId }) => targetId);
  const open = await selectWindowPage(ctx, { state: 'open', seriesId: 'none', before: null, limit: ALL });
  const active = await selectSeriesPage(ctx, { state: 'active', beforeId: null, limit: ALL });
  return {
    keys,
    services: await selectServices(ctx),
    dependencies: await selectDependencies(ctx),
    policies: await monitorPorts().escalationPolicies(ctx),
    monitors,
    places,
    locations: await selectLocationPage(ctx, null, ALL),
    slos: await selectSloPage(ctx, null, ALL),
    windows: withOthers(open, await selectWindowsByIds(ctx, keyed)),
    series: withOthers(active, await selectSeriesByIds(ctx, keyed)),
    allowedTargets: await readAllowedTargets(ctx),
    timeZone: (await readWorkspace(ctx)).timeZone,
    now: ctx.now,
  };
}

function withOthers<Row extends { readonly id: string }>(rows: readonly Row[], others: readonly Row[]): Row[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...others.filter(({ id }) => !known.has(id))];
}
