import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/duration.ts';
import type { TimeWindow } from '../result/contract.ts';

/** How long a window is, and into what steps its latency is cut; from 24 h on, steps are whole latency buckets. */
export const WINDOWS: Record<TimeWindow, { readonly lengthMs: number; readonly stepMs: number }> = {
  '1h': { lengthMs: HOUR_MS, stepMs: MINUTE_MS },
  '24h': { lengthMs: DAY_MS, stepMs: 15 * MINUTE_MS },
  '7d': { lengthMs: 7 * DAY_MS, stepMs: 2 * HOUR_MS },
  '30d': { lengthMs: 30 * DAY_MS, stepMs: 6 * HOUR_MS },
  '90d': { lengthMs: 90 * DAY_MS, stepMs: DAY_MS },
};
