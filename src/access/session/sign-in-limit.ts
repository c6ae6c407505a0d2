/** Counts what comes from a key in this process, for what needs no more than that: `begin-try.ts` is for guesses. */
export type SignInLimit = {
  /** Seconds until another try is allowed; 0 = now. */
  readonly waitSeconds: (keys: readonly string[], nowMs: number) => number;
  readonly noteFailure: (keys: readonly string[], nowMs: number) => void;
};

export type SignInLimitOptions = { readonly failures: number; readonly windowSeconds: number };

/** Oldest keys go first above this many, so that a flood of addresses costs no more than this much memory. */
const MAX_KEYS = 20_000;

/** At most `failures` failed tries per key in a sliding window, in this process. */
export function createSignInLimit({ failures, windowSeconds }: SignInLimitOptions): SignInLimit {
  const failedAtMs = new Map<string, number[]>();
  const recent = (key: string, nowMs: number) =>
    (failedAtMs.get(key) ?? []).filter((at) => at > nowMs - windowSeconds * 1_000);
  return {
    waitSeconds(keys, nowMs) {
      const waits = keys.map((key) => {
        const times = recent(key, nowMs);
        const blocking = times.length >= failures ? times[times.length - failures] : undefined;
        return blocking === undefined ? 0 : (blocking - nowMs) / 1_000 + windowSeconds;
      });
      return Math.ceil(Math.max(0, ...waits));
    },
    noteFailure(keys, nowMs) {
      for (const key of keys) {
        const times = [...recent(key, nowMs), nowMs].slice(-failures);
        failedAtMs.delete(key);
        failedAtMs.set(key, times);
      }
      for (const key of failedAtMs.keys()) {
        if (failedAtMs.size <= MAX_KEYS) break;
        failedAtMs.delete(key);
      }
    },
  };
}
