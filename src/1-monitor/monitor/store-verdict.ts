import type { Ctx } from '#platform/ctx.ts';
import type { Evidence } from '../result/contract.ts';
import { isSettled, type Verdict } from '../verdict/verdict.ts';
import { tellStateChange } from './change-state.ts';
import { finishDrill } from './finish-drill.ts';
import { type MonitorRecord, updateStatus } from './store.ts';

/**
 * Stores the verdict of a monitor that the caller has locked and, when its state is another one, tells it. A real
 * failure ends a drill first, so that nobody takes it for one.
 */
export async function storeVerdict(
  ctx: Ctx,
  monitor: MonitorRecord,
  next: Verdict,
  evidence: Evidence | null,
): Promise<void> {
  const { state } = next;
  const since = new Date(next.sinceMs);
  if (state === 'down' && monitor.state !== 'down') await finishDrill(ctx, monitor);
  await updateStatus(ctx, monitor.id, { verdict: next, settled: isSettled(next), state, since });
  if (state === monitor.state) return;
  const change = { from: monitor.state, to: state, at: since, previousSince: monitor.since, evidence, drill: false };
  await tellStateChange(ctx, monitor, change);
}
