import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/duration.ts';
import type { TimeWindow } from '../result/contract.ts';
import { BUCKET_MS } from './buckets.ts';

/** How long a window is, and into what steps its latency is cut; from 24 h on, steps are whole latency buckets. */
export const WINDOWS: Record<TimeWindow, { readonly lengthMs: number; readonly stepMs: number }> = {
  '1h': { lengthMs: HOUR_MS, stepMs: MINUTE_MS },
  '24h': { lengthMs: DAY_MS, stepMs: 15 * MINUTE_MS },
  '7d': { lengthMs: 7 * DAY_MS, stepMs: 2 * HOUR_MS },
  '30d': { lengthMs: 30 * DAY_MS, stepMs: 6 * HOUR_MS },
  '90d': { lengthMs: 90 * DAY_MS, stepMs: DAY_MS },
};

/** What a chart can show side by side. */
const MOST_STEPS = 120;
const FINE_MS = [10 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS];
const COARSE_MS = [BUCKET_MS, HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];

/** The finest step that cuts a stretch into no more than a chart can show; whole buckets where only those are left. */
export function stepFor(lengthMs: number, fromBuckets: boolean): number {
  const steps = fromBuckets ? COARSE_MS : [...FINE_MS, ...COARSE_MS];
  return steps.find((stepMs) => lengthMs <= stepMs * MOST_STEPS) ?? DAY_MS;
}
