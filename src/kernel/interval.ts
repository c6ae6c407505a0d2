/** A half-open stretch of time [start, end) in epoch milliseconds. */
export type Interval = { readonly startMs: number; readonly endMs: number };

/** The union of intervals as disjoint stretches in order; empty and inverted ones are dropped. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const ordered = intervals.filter((i) => i.endMs > i.startMs).toSorted((a, b) => a.startMs - b.startMs);
  const merged: { startMs: number; endMs: number }[] = [];
  for (const next of ordered) {
    const last = merged.at(-1);
    if (last && next.startMs <= last.endMs) last.endMs = Math.max(last.endMs, next.endMs);
    else merged.push({ ...next });
  }
  return merged;
}

/** The parts of the intervals that lie inside a window. */
export function clipIntervals(intervals: readonly Interval[], window: Interval): Interval[] {
  return intervals
    .map((i) => ({ startMs: Math.max(i.startMs, window.startMs), endMs: Math.min(i.endMs, window.endMs) }))
    .filter((i) => i.endMs > i.startMs);
}

/** What is left of `from` when everything in `minus` is taken away: both are gone through once, side by side. */
export function subtractIntervals(from: readonly Interval[], minus: readonly Interval[]): Interval[] {
  const cuts = mergeIntervals(minus);
  const left: Interval[] = [];
  let next = 0;
  for (const { startMs, endMs } of mergeIntervals(from)) {
    let atMs = startMs;
    while ((cuts[next]?.endMs ?? Infinity) <= startMs) next += 1;
    for (let i = next, cut = cuts[i]; cut !== undefined && cut.startMs < endMs; cut = cuts[++i]) {
      if (cut.startMs > atMs) left.push({ startMs: atMs, endMs: cut.startMs });
      atMs = Math.max(atMs, cut.endMs);
    }
    if (atMs < endMs) left.push({ startMs: atMs, endMs });
  }
  return left;
}

/** Milliseconds covered by the union of the intervals. */
export function coveredMs(intervals: readonly Interval[]): number {
  return mergeIntervals(intervals).reduce((sum, i) => sum + i.endMs - i.startMs, 0);
}

/** From the earliest start to the latest end; null when there is nothing. */
export function spanOf(intervals: readonly Interval[]): Interval | null {
  const [first] = intervals;
  if (!first) return null;
  let { startMs, endMs } = first;
  for (const one of intervals) {
    startMs = Math.min(startMs, one.startMs);
    endMs = Math.max(endMs, one.endMs);
  }
  return { startMs, endMs };
}
