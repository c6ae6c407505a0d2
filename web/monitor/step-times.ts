import type { StepRun } from '#monitor/contract';

interface StepTime {
  name: string;
  medianMs: number | null;
  p95Ms: number | null;
  slowestMs: number | null;
  failed: number;
  ran: number;
}

/** How long the steps of some checks took, by their names, in the order of the newest; times are of those that passed. */
export function timesOfSteps(runs: readonly { readonly steps: readonly StepRun[] }[]): StepTime[] {
  const byName = Map.groupBy(
    runs.flatMap(({ steps }) => steps),
    ({ name }) => name,
  );
  return [...byName].map(([name, steps]) => {
    const times = steps
      .filter(({ outcome }) => outcome === 'passed')
      .map(({ tookMs }) => tookMs)
      .toSorted((a, b) => a - b);
    const failed = steps.filter(({ outcome }) => outcome === 'failed').length;
    return {
      name,
      medianMs: within(times, 0.5),
      p95Ms: within(times, 0.95),
      slowestMs: times.at(-1) ?? null,
      failed,
      ran: times.length + failed,
    };
  });
}

/** Within which so many of them were; the times come in order. */
function within(times: readonly number[], share: number): number | null {
  return times[Math.ceil(times.length * share) - 1] ?? null;
}
