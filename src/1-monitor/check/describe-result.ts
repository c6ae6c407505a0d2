import type { CheckResult } from './spec.ts';

/** The one sentence to show for a result: why it failed, or how long it took. */
export function describeResult(result: Pick<CheckResult, 'error' | 'failures' | 'totalMs' | 'status'>): string {
  if (result.error !== null) return result.error.message;
  const sentences = result.failures.map((failure) => `expected ${failure.expected}, got ${failure.got}`);
  if (sentences.length > 0) return sentences.join('; ');
  return `status ${result.status ?? 'unknown'} in ${seconds(result.totalMs)}`;
}

export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`;
}
