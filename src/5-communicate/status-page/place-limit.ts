import type { System } from '#platform/ctx.ts';

type PlaceLimitOptions = { readonly times: number; readonly windowSeconds: number };

/** Longest silent places go first above this many, so that a flood of addresses costs no more than this much memory. */
const MAX_PLACES = 20_000;

/**
 * Counts what comes from one place of the network, in this process; false when it is more than so many times in a sliding
 * window. Callers inside the process come from nowhere.
 */
export function createPlaceLimit({ clock }: Pick<System, 'clock'>, { times, windowSeconds }: PlaceLimitOptions) {
  const cameAtMs = new Map<string, readonly number[]>();
  return (place: string | undefined): boolean => {
    if (place === undefined) return true;
    const nowMs = clock.now().getTime();
    const recent = (cameAtMs.get(place) ?? []).filter((at) => at > nowMs - windowSeconds * 1_000);
    if (recent.length >= times) return false;
    cameAtMs.delete(place);
    cameAtMs.set(place, [...recent, nowMs]);
    for (const oldest of cameAtMs.keys()) {
      if (cameAtMs.size <= MAX_PLACES) break;
      cameAtMs.delete(oldest);
    }
    return true;
  };
}
