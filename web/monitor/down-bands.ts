import type { ChartBand } from '../ui/chart-options.ts';

/** Stretches out of single failures: those closer than two steps are one. Takes and gives seconds. */
export function downBands(failedAt: readonly number[], stepSeconds: number): ChartBand[] {
  const bands: ChartBand[] = [];
  for (const at of [...failedAt].sort((a, b) => a - b)) {
    const last = bands.at(-1);
    if (last !== undefined && at - last.to <= stepSeconds * 2) last.to = at + stepSeconds;
    else bands.push({ from: at, to: at + stepSeconds, tone: 'down' });
  }
  return bands;
}
