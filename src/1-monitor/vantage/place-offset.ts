/**
 * How far the grid of one place is moved, so that a monitor with n places is seen about every n-th part of its interval
 * and not by all of them at one moment. It follows from which places there are, and from nothing else. Milliseconds, below
 * the interval; 0 for a place that is none of them.
 */
export function placeOffsetMs(places: readonly string[], place: string, intervalMs: number): number {
  const index = places.toSorted(byCodeUnit).indexOf(place);
  return index <= 0 ? 0 : Math.floor((index * intervalMs) / places.length);
}

/** The same on every machine, whatever its language. */
function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
