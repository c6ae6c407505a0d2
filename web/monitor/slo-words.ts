import type { Slo } from '#monitor/contract';
import { formatDuration } from '../ui/format.ts';

/** `the last 30 days`, `this month in Europe/Berlin`. */
export function windowWords({ window }: Pick<Slo, 'window'>): string {
  return window.kind === 'rolling' ? `the last ${window.days} days` : `this month in ${window.timeZone}`;
}

/** `15.2x`, `0x`; more than a hundred without places. */
export function burnWords(rate: number): string {
  return rate >= 100 ? `${Math.floor(rate)}x` : `${Math.floor(rate * 10) / 10}x`;
}

/** What is left of a budget: `31 m`, `none, 12 m over`. */
export function leftWords(leftSeconds: number): string {
  return leftSeconds > 0 ? formatDuration(leftSeconds) : `none, ${formatDuration(-leftSeconds)} over`;
}

export type SloState = 'kept' | 'burning' | 'slow' | 'spent';

/** The gravest thing to say about it. */
export function stateOf({ leftSeconds, criticalSince, warningSince }: Slo): SloState {
  if (criticalSince !== null) return 'burning';
  if (leftSeconds <= 0) return 'spent';
  return warningSince === null ? 'kept' : 'slow';
}

/** Minutes as people say windows: `5 min`, `6 h`, `3 d`. */
export function minutesWords(minutes: number): string {
  if (minutes % 1_440 === 0) return `${minutes / 1_440} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
