/** What a source may still send at once: a limit a minute fills it evenly, up to a whole minute's worth. */
export type Allowance = { readonly left: number; readonly atMs: number };

const MINUTE_MS = 60_000;
const MOST_MINUTES_OWED = 60;

/** What is left at an instant; a source that was not heard of yet has a whole minute's worth. */
export function leftAt(allowance: Allowance | undefined, perMinute: number, nowMs: number): number {
  if (allowance === undefined) return perMinute;
  // A clock that was set back gives nothing, and takes nothing away.
  const elapsedMs = Math.max(0, nowMs - allowance.atMs);
  return Math.min(perMinute, allowance.left + (elapsedMs * perMinute) / MINUTE_MS);
}

/**
 * The allowance after `count` signals. A message about several is taken as a whole, so it may take more than is left;
 * what it owes holds the next ones up for an hour at most.
 */
export function spend(allowance: Allowance | undefined, perMinute: number, count: number, nowMs: number): Allowance {
  return {
    left: Math.max(leftAt(allowance, perMinute, nowMs) - count, 1 - MOST_MINUTES_OWED * perMinute),
    atMs: nowMs,
  };
}

/** Whole seconds until one more signal may come; 0 = now. */
export function secondsUntilNext(allowance: Allowance | undefined, perMinute: number, nowMs: number): number {
  const left = leftAt(allowance, perMinute, nowMs);
  // What was added up in parts may fall short of one by a rounding.
  return left > 0.999_999 ? 0 : Math.max(1, Math.ceil(((1 - left) * 60) / perMinute));
}
