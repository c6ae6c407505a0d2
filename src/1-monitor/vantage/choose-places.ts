import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectLocations } from '../location/store.ts';
import { awaitedVerdict, type Verdict } from '../verdict/verdict.ts';
import { putVantage, removeVantages, selectVantages } from './store.ts';
import { HOME } from './streams.ts';

type Placed = { readonly id: string; readonly number: number; readonly verdict: Verdict };

/**
 * From where a monitor is asked, from now on. Places that stay keep what they hold; a monitor that is asked from here
 * alone needs none of this and is judged by itself. Refuses places that are not there.
 */
export async function choosePlaces(ctx: Ctx, monitor: Placed, wanted: readonly string[]): Promise<void> {
  const places = [...new Set(wanted)];
  await requirePlaces(ctx, places);
  const before = new Map((await selectVantages(ctx, [monitor.id])).map((one) => [one.locationId, one]));
  if (places.length === 1 && places[0] === HOME) return removeVantages(ctx, monitor.id, []);
  for (const locationId of places) {
    if (before.has(locationId)) continue;
    const isHome = locationId === HOME;
    // What was known from here alone is what here holds.
    const verdict =
      isHome && before.size === 0 && monitor.verdict.known !== null
        ? monitor.verdict
        : awaitedVerdict(ctx.now.getTime());
    await putVantage(ctx, { monitorId: monitor.id, locationId, number: isHome ? monitor.number : null, verdict });
  }
  await removeVantages(ctx, monitor.id, places);
}

async function requirePlaces(ctx: Ctx, places: readonly string[]): Promise<void> {
  const elsewhere = places.filter((place) => place !== HOME);
  const known = new Set((await selectLocations(ctx, elsewhere)).map(({ id }) => id));
  const missing = elsewhere.find((place) => !known.has(place));
  if (missing !== undefined) throw invalid('body.locations', `there is no location ${missing} in this workspace`);
}
