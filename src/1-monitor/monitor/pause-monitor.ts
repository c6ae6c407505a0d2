import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { suspendDue } from '../heartbeat/store.ts';
import { suspendValue } from '../pushed-value/store.ts';
import { replaceOpenInterval } from '../state-interval/store.ts';
import { resetVantages } from '../vantage/store.ts';
import { awaitedVerdict, freshVerdict } from '../verdict/verdict.ts';
import { tellStateChange } from './change-state.ts';
import { finishDrill } from './finish-drill.ts';
import { lockMonitor, type MonitorRecord, updateMonitor, updateStatus } from './store.ts';

/** Stops checking; a drill ends with it. Refuses a monitor that is paused already. */
export async function pauseMonitor(ctx: Ctx, monitorId: string): Promise<void> {
  const monitor = await lockExisting(ctx, monitorId);
  if (monitor.state === 'paused') throw conflict(`${monitor.name} is paused already.`);
  await finishDrill(ctx, monitor);
  await becomePausedOrUnknown(ctx, monitor, 'paused');
  await suspendDue(ctx, monitorId);
  await suspendValue(ctx, monitorId);
  await updateMonitor(ctx, monitorId, {});
  await audit(ctx, { action: 'monitor.pause', subjectId: monitorId });
}

/** Checks again, as if for the first time. Refuses a monitor that is not paused. */
export async function resumeMonitor(ctx: Ctx, monitorId: string): Promise<void> {
  const monitor = await lockExisting(ctx, monitorId);
  if (monitor.state !== 'paused') throw conflict(`${monitor.name} is not paused.`);
  await becomePausedOrUnknown(ctx, monitor, 'unknown');
  await updateMonitor(ctx, monitorId, {});
  await audit(ctx, { action: 'monitor.resume', subjectId: monitorId });
}

/** Takes a monitor out of use for good; its history stays. */
export async function archiveMonitor(ctx: Ctx, monitorId: string): Promise<void> {
  const monitor = await lockExisting(ctx, monitorId);
  await finishDrill(ctx, monitor);
  if (monitor.state !== 'paused') await becomePausedOrUnknown(ctx, monitor, 'paused');
  await suspendDue(ctx, monitorId);
  await suspendValue(ctx, monitorId);
  await replaceOpenInterval(ctx, { monitorId, at: ctx.now, next: null, drill: false });
  await updateMonitor(ctx, monitorId, { archivedAt: ctx.now });
  await audit(ctx, { action: 'monitor.archive', subjectId: monitorId, detail: { name: monitor.name } });
}

async function lockExisting(ctx: Ctx, monitorId: string): Promise<MonitorRecord> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('monitor', monitorId);
  return monitor;
}

async function becomePausedOrUnknown(ctx: Ctx, monitor: MonitorRecord, to: 'paused' | 'unknown'): Promise<void> {
  const verdict = freshVerdict(ctx.now.getTime());
  await updateStatus(ctx, monitor.id, { state: to, since: ctx.now, verdict, settled: true });
  await resetVantages(ctx, monitor.id, awaitedVerdict(ctx.now.getTime()));
  const change = { from: monitor.state, to, at: ctx.now, previousSince: monitor.since, evidence: null, drill: false };
  await tellStateChange(ctx, monitor, change);
}
