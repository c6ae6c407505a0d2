import type { Ctx } from '#platform/ctx.ts';
import { selectVantages } from './store.ts';

/** The place of this installation itself. */
export const HOME = 'home';

/**
 * The numbers under which a monitor's checks are stored, each with its place; only those of one place when it is named.
 * A place from which it is not asked has none.
 */
export async function streamsOf(
  ctx: Ctx,
  monitor: { readonly id: string; readonly number: number },
  locationId: string | undefined,
): Promise<Map<number, string>> {
  const vantages = await selectVantages(ctx, [monitor.id]);
  const places: [number, string][] =
    vantages.length === 0
      ? [[monitor.number, HOME]]
      : vantages.map(({ number, locationId: place }): [number, string] => [number, place]);
  return new Map(places.filter(([, place]) => locationId === undefined || place === locationId));
}

type Place = 'home' | `loc_${string}`;

/** As contracts write it. */
export function placeOf(number: number, places: ReadonlyMap<number, string>): Place {
  return (places.get(number) ?? HOME) as Place;
}

/** Whether this installation itself asks a monitor. */
export async function isAskedHere(ctx: Ctx, monitorId: string): Promise<boolean> {
  const vantages = await selectVantages(ctx, [monitorId]);
  return vantages.length === 0 || vantages.some(({ locationId }) => locationId === HOME);
}
