import type { ConfirmPolicy, Verdict } from './verdict.ts';

/** So many faults within the window are a flapping monitor. */
const FAULTS = 3;
const WINDOW = { minMs: 1_800_000, intervals: 30 };
/** How long a flapping monitor must answer without a break before it counts as up. */
const HOLD = { minMs: 300_000, checks: 5 };

/** The faults to remember after one more conclusion: when each of the last few began. Those of a maintenance are not to be noted. */
export function noteFault(before: Verdict, next: Verdict): readonly number[] {
  const faults = before.faults ?? [];
  const begins = next.state === 'down' && before.known !== 'down';
  return begins ? [...faults, next.sinceMs].slice(-FAULTS) : faults;
}

/** Since when a monitor goes up and down too often to believe either; null = it does not. */
export function flappingSince({ faults = [] }: Verdict, intervalMs: number, nowMs: number): number | null {
  const window = Math.max(WINDOW.minMs, WINDOW.intervals * intervalMs);
  const recent = faults.filter((ms) => ms > nowMs - window);
  return recent.length >= FAULTS ? (recent[0] ?? null) : null;
}

/**
 * The policy that counts at a moment. While a monitor flaps, its fault is **held**: it is up again only after it has
 * answered for five minutes (five checks at least) in a row, so that ten short faults are one alert and not ten.
 */
export function heldPolicy(policy: ConfirmPolicy, verdict: Verdict, intervalMs: number, nowMs: number): ConfirmPolicy {
  if (flappingSince(verdict, intervalMs, nowMs) === null) return policy;
  const recoveries = Math.max(HOLD.checks, Math.ceil(HOLD.minMs / intervalMs));
  return { ...policy, recoveries: Math.max(policy.recoveries, recoveries) };
}
