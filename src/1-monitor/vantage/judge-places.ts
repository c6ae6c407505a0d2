import type { Ctx } from '#platform/ctx.ts';
import type { MonitorRecord } from '../monitor/store.ts';
import { judgeTogether, usualQuorum } from '../verdict/quorum.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { selectVantages } from './store.ts';

/** What several places hold of a monitor, by as many of them as it wants to agree. */
export function judgePlaces(
  monitor: Pick<MonitorRecord, 'verdict' | 'confirmLocations'>,
  held: readonly Verdict[],
): Verdict {
  return judgeTogether(monitor.verdict, held, monitor.confirmLocations ?? usualQuorum(held.length));
}

/** After so long without a check a place is blind, and one that never spoke is not awaited: three intervals, the timeout and a minute. */
export function sightMs(monitor: { readonly intervalMs: number; readonly timeoutMs: number }): number {
  return 3 * monitor.intervalMs + monitor.timeoutMs + 60_000;
}

/**
 * Judges a locked monitor by what its places hold, after somebody chose other places or another number that must agree:
 * checks that only repeat what their place holds would never bring it up. What changes by that, changes now.
 */
export async function judgeAnew(ctx: Ctx, monitor: MonitorRecord): Promise<void> {
  if (monitor.state === 'paused') return;
  const vantages = await selectVantages(ctx, [monitor.id]);
  if (vantages.length === 0) return;
  const together = judgePlaces(
    monitor,
    vantages.map(({ verdict }) => verdict),
  );
  if (together.state === monitor.state) return;
  await storeVerdict(ctx, monitor, { ...together, sinceMs: ctx.now.getTime() }, null);
}
