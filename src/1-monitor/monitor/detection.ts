export type Detection =
  | { readonly kind: 'asked'; readonly intervalMs: number; readonly timeoutMs: number; readonly failures: number }
  | { readonly kind: 'told'; readonly periodSeconds: number; readonly graceSeconds: number };

/**
 * The longest time from a target's break to our saying so, in seconds. Asked: it breaks just after a good check, so
 * `failures` whole intervals pass until the deciding check starts, and that one may take its whole timeout. Several places
 * take turns within an interval, so that it is often less; with some of them blind it may be all of it. Told:
 * it dies just after a beat or a value.
 */
export function worstCaseDetectionSeconds(asked: Detection): number {
  return asked.kind === 'asked'
    ? (asked.intervalMs * asked.failures + asked.timeoutMs) / 1_000
    : asked.periodSeconds + asked.graceSeconds;
}
