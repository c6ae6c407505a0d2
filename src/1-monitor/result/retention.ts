import { DAY_MS } from '#kernel/duration.ts';

/** How long raw checks are kept, in whole UTC days before today; roll-ups and failures last longer. */
export const RESULT_DAYS = 30;
export const FAILURE_DAYS = 400;
export const LATENCY_DAYS = 100;
/** Partitions are made so many days ahead, so that a stopped scheduler does not stop the checks. */
const DAYS_AHEAD = 3;

/** The UTC date of an instant, `2026-11-23`. */
export function utcDay(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 10);
}

export type PartitionPlan = { readonly make: readonly string[]; readonly drop: readonly string[] };

/** Which daily partitions are missing (yesterday to three days ahead) and which are over. */
export function planPartitions(existing: readonly string[], nowMs: number): PartitionPlan {
  const wanted = Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => utcDay(nowMs + (i - 1) * DAY_MS));
  const oldest = utcDay(nowMs - RESULT_DAYS * DAY_MS);
  return { make: wanted.filter((day) => !existing.includes(day)), drop: existing.filter((day) => day < oldest) };
}
