export type Detection =
  | { readonly kind: 'asked'; readonly intervalMs: number; readonly timeoutMs: number; readonly failures: number }
  | {
      readonly kind: 'told';
      readonly periodSeconds: number;
      readonly graceSeconds: number;
      /** A value is a fault only after so long; 0 = at once. */
      readonly forSeconds: number;
    };

/**
 * The longest time from a target's break to our saying so, in seconds. Asked: it breaks just after a good check, so
 * `failures` whole intervals pass until the deciding check starts, and that one may take its whole timeout. Several places
 * take turns within an interval, so that it is often less; with some of them blind it may be all of it. Told:
 * it dies just after a beat or a value, and what must last is decided by the first value after that.
 */
export function worstCaseDetectionSeconds(asked: Detection): number {
  if (asked.kind === 'asked') return (asked.intervalMs * asked.failures + asked.timeoutMs) / 1_000;
  const { forSeconds } = asked;
  const nextSeconds = asked.periodSeconds + asked.graceSeconds;
  return forSeconds === 0 ? nextSeconds : 2 * nextSeconds + forSeconds;
}
