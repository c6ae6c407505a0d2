import type { Monitor } from '#monitor/contract';

/** How often the screen looks for new results: they are too many for the live stream to tell of each. */
export function pollMs(monitor: Monitor): number {
  return Math.min(Math.max(monitor.intervalSeconds, 5), 30) * 1000;
}
