import type { Ctx } from '#platform/ctx.ts';
import { selectLocations } from '../location/store.ts';
import type { Monitor } from '../monitor/contract.ts';
import { selectNewestDue } from '../result/store.ts';
import { selectVantages } from './store.ts';
import { HOME, placeOf } from './streams.ts';

/** What each place holds of a monitor; none when it is asked from here alone. */
export async function presentPlaces(
  ctx: Ctx,
  monitor: { readonly id: string; readonly state: Monitor['state'] },
  since: Date,
): Promise<Monitor['locations']> {
  const vantages = await selectVantages(ctx, [monitor.id]);
  if (vantages.length === 0) return [];
  const ids = vantages.map(({ locationId }) => locationId);
  const names = new Map((await selectLocations(ctx, ids)).map(({ id, name }) => [id, name]));
  const newest = await selectNewestDue(
    ctx,
    vantages.map(({ number }) => number),
    since,
  );
  const places = new Map(vantages.map(({ number, locationId }) => [number, locationId]));
  return vantages.map((vantage) => {
    const lastMs = newest.get(vantage.number);
    return {
      id: placeOf(vantage.number, places),
      name: vantage.locationId === HOME ? 'Here' : (names.get(vantage.locationId) ?? vantage.locationId),
      state: monitor.state === 'paused' ? monitor.state : vantage.state,
      since: vantage.since.toISOString(),
      lastCheckedAt: lastMs === undefined ? null : new Date(lastMs).toISOString(),
    };
  });
}
