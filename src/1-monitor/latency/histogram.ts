/**
 * Response times in log-spaced slots, so that histograms of any stretches merge and percentiles of the sum are exact to
 * half a slot (under 3 %). Slot 1 begins at 0.1 ms, the last ends at 60 s; what lies outside counts at the edge.
 */
export const SLOTS = 256;
export const LOWEST_US = 100;
export const HIGHEST_US = 60_000_000;

const LOG_LOWEST = Math.log(LOWEST_US);
const LOG_STEP = (Math.log(HIGHEST_US) - LOG_LOWEST) / SLOTS;

/** Counts per slot (1…SLOTS, as PostgreSQL's `width_bucket` numbers them). */
export type Histogram = ReadonlyMap<number, number>;

export function slotOf(microseconds: number): number {
  const slot = Math.floor((Math.log(Math.max(microseconds, LOWEST_US)) - LOG_LOWEST) / LOG_STEP) + 1;
  return Math.min(SLOTS, Math.max(1, slot));
}

/** The geometric middle of a slot, in milliseconds to two places. */
function middleMs(slot: number): number {
  return Math.round(Math.exp(LOG_LOWEST + (slot - 0.5) * LOG_STEP) / 10) / 100;
}

export function mergeHistograms(parts: readonly Histogram[]): Histogram {
  const sum = new Map<number, number>();
  for (const part of parts) for (const [slot, count] of part) sum.set(slot, (sum.get(slot) ?? 0) + count);
  return sum;
}

export function countOf(histogram: Histogram): number {
  return histogram.values().reduce((sum, count) => sum + count, 0);
}

/** The nearest-rank percentile in milliseconds; null for an empty histogram. `share` lies in (0, 1]. */
export function percentileMs(histogram: Histogram, share: number): number | null {
  const wanted = Math.ceil(countOf(histogram) * share);
  if (wanted === 0) return null;
  let seen = 0;
  for (const [slot, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= wanted) return middleMs(slot);
  }
  return null;
}
