import { conflict, notFound } from '#kernel/errors.ts';
import { addSeconds } from '#kernel/duration.ts';
import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { Evidence } from '../result/contract.ts';
import { NO_PHASES } from '../result/observation.ts';
import { tellStateChange } from './change-state.ts';
import { endDueDrills } from './end-due-drills.ts';
import { finishDrill } from './finish-drill.ts';
import { lockMonitor, updateStatus } from './store.ts';

/**
 * Lets a monitor behave as down for so many seconds, by the path that a real failure takes, marked as a drill. Refuses
 * a monitor that is paused, really down, or in a drill already.
 */
export async function startDrill(ctx: Ctx, monitorId: string, seconds: number): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  if (monitor.drillEndsAt) throw conflict(`${monitor.name} is in a drill already. End that one first.`);
  if (monitor.state === 'paused') throw conflict(`${monitor.name} is paused. Resume it before a drill.`);
  if (monitor.state === 'down') throw conflict(`${monitor.name} is really down, so this is no time for a drill.`);
  const drillEndsAt = addSeconds(ctx.now, seconds);
  await updateStatus(ctx, monitorId, { drillStartedAt: ctx.now, drillEndsAt });
  await audit(ctx, { action: 'monitor.drill-start', subjectId: monitorId, detail: { seconds } });
  await ctx.wake(endDueDrills, drillEndsAt);
  await tellStateChange(ctx, monitor, {
    from: monitor.state,
    to: 'down',
    at: ctx.now,
    previousSince: monitor.since,
    evidence: drillEvidence(ctx.now),
    drill: true,
  });
}

/** Ends the drill of a monitor by hand; refuses one that is in none. */
export async function endDrill(ctx: Ctx, monitorId: string): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  if (!monitor.drillEndsAt) throw conflict(`${monitor.name} is in no drill.`);
  await audit(ctx, { action: 'monitor.drill-end', subjectId: monitorId });
  await finishDrill(ctx, monitor);
}

function drillEvidence(now: Date): Evidence {
  return {
    checkedAt: now.toISOString(),
    outcome: 'down',
    summary: 'Drill: treated as down on purpose; the target itself was not touched.',
    failures: [],
    error: { kind: 'drill', message: 'A person started a drill.' },
    status: null,
    address: null,
    totalMs: 0,
    phases: NO_PHASES,
    certificateExpiresAt: null,
    headers: [],
    bodyStart: '',
  };
}
