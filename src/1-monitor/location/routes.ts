import { pageOf, readCursor } from '#platform/page.ts';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { countVantages } from '../vantage/store.ts';
import * as contract from './contract.ts';
import { addLocation, addProbe, editLocation, endProbe, giveUpLocation } from './manage-locations.ts';
import { type LocationRow, type ProbeRow, selectLocationPage, selectLocations, selectProbes } from './store.ts';

export const locationRoutes: readonly RouteBinding[] = [
  bind(contract.listLocations, async (ctx, { query }) => {
    const rows = await selectLocationPage(ctx, readCursor(query, /^loc_[A-Za-z0-9_-]+$/), query.limit + 1);
    const shown = new Map((await presentLocations(ctx, rows)).map((one) => [one.id, one]));
    return pageOf(
      rows,
      query,
      ({ id }) => id,
      ({ id }) => shown.get(id) as contract.LocationView,
    );
  }),
  bind(contract.createLocation, async (ctx, { body }) => shown(ctx, await addLocation(ctx, body))),
  bind(contract.changeLocation, async (ctx, { params, body }) => {
    await editLocation(ctx, params.id, body);
    return shown(ctx, params.id);
  }),
  bind(contract.archiveLocation, (ctx, { params }) => giveUpLocation(ctx, params.id)),
  bind(contract.createProbe, async (ctx, { params, body }) => {
    const { id, token } = await addProbe(ctx, params.id, body.name);
    const probes = await selectProbes(ctx, [params.id]);
    const made = probes.find((one) => one.id === id);
    if (!made) throw notFound('probe', id);
    return { ...presentProbe(made), token };
  }),
  bind(contract.revokeProbe, (ctx, { params }) => endProbe(ctx, params.id)),
];

async function shown(ctx: Ctx, locationId: string): Promise<contract.LocationView> {
  const [location] = await presentLocations(ctx, await selectLocations(ctx, [locationId]));
  if (!location) throw notFound('location', locationId);
  return location;
}

async function presentLocations(ctx: Ctx, rows: readonly LocationRow[]): Promise<contract.LocationView[]> {
  const probes = Map.groupBy(
    await selectProbes(
      ctx,
      rows.map(({ id }) => id),
    ),
    ({ locationId }) => locationId,
  );
  const views: contract.LocationView[] = [];
  for (const { id, name, allowedTargets, createdAt } of rows) {
    const own = (probes.get(id) ?? []).filter(({ revokedAt }) => revokedAt === null);
    views.push({
      id,
      name,
      allowedTargets: [...allowedTargets],
      createdAt: createdAt.toISOString(),
      monitors: await countVantages(ctx, id),
      probes: own.map(presentProbe),
    });
  }
  return views;
}

function presentProbe(row: ProbeRow): contract.ProbeView {
  return {
    id: row.id,
    locationId: row.locationId,
    name: row.name,
    state: stateOf(row),
    createdAt: row.createdAt.toISOString(),
    seenAt: row.seenAt?.toISOString() ?? null,
    version: row.version,
    load: row.load,
  };
}

function stateOf({ revokedAt, seenAt, lostAt }: ProbeRow): contract.ProbeView['state'] {
  if (revokedAt !== null) return 'revoked';
  if (seenAt === null) return 'waiting';
  return lostAt === null ? 'live' : 'lost';
}
