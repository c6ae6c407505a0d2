import type { Ctx } from '#platform/ctx.ts';
import { tellStateChange } from './change-state.ts';
import { type MonitorRecord, updateStatus } from './store.ts';

/**
 * Ends a drill that the caller has locked: the monitor shows its real state again. A drill's end is always told as up,
 * so that what the drill began also ends when the real state is degraded or unknown. Nothing happens without a drill.
 */
export async function finishDrill(ctx: Ctx, monitor: MonitorRecord): Promise<void> {
  if (!monitor.drillStartedAt) return;
  await updateStatus(ctx, monitor.id, { drillStartedAt: null, drillEndsAt: null });
  await tellStateChange(ctx, monitor, {
    from: 'down',
    to: 'up',
    at: ctx.now,
    previousSince: monitor.drillStartedAt,
    evidence: null,
    drill: true,
  });
}
