import type { System } from '#platform/ctx.ts';
import type { Outcome } from '../result/contract.ts';

type Counts = Record<Outcome, number>;

const counted = new WeakMap<System, Map<string, Counts>>();

/** Counts checks that this process has stored, since it started: Prometheus expects counters to begin again. */
export function countChecks(
  system: System,
  seen: readonly { readonly monitorId: string; readonly outcome: Outcome }[],
): void {
  const counts = counted.get(system) ?? new Map<string, Counts>();
  counted.set(system, counts);
  for (const { monitorId, outcome } of seen) {
    const own = counts.get(monitorId) ?? { up: 0, degraded: 0, down: 0, unknown: 0 };
    own[outcome]++;
    counts.set(monitorId, own);
  }
}

export function checkCountsOf(system: System, monitorId: string): Counts | undefined {
  return counted.get(system)?.get(monitorId);
}
