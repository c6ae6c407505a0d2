import { audit, readWorkspace } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchMonitor } from '../monitor/change-state.ts';
import { addToldMonitor, requireService } from '../monitor/create-monitor.ts';
import { lockMonitor, updateMonitor } from '../monitor/store.ts';
import { newKeyOf } from '../sender-key/sender-key.ts';
import type { CreateHeartbeatBody, EditHeartbeatBody } from './contract.ts';
import { changeRhythm } from './beat.ts';
import { planCron, type Rhythm } from './rhythm.ts';
import { insertHeartbeat, lockHeartbeats, updateHeartbeat } from './store.ts';

const PREVIEWED = 5;

/** Adds a heartbeat with a key of its own; it is not armed before its first beat. A service of its name comes along. */
export async function createHeartbeat(ctx: Ctx, wanted: CreateHeartbeatBody): Promise<string> {
  const { graceSeconds = 60, maxRunSeconds = null } = wanted;
  if (wanted.periodSeconds === undefined && wanted.cron === undefined)
    throw invalid('body.periodSeconds', 'say how often it reports: by a period, or by a cron expression');
  const times = await readTimes(ctx, wanted, null);
  const monitorId = await addToldMonitor(ctx, {
    kind: 'heartbeat',
    name: wanted.name,
    serviceId: wanted.serviceId,
    periodSeconds: times.periodSeconds,
  });
  await insertHeartbeat(ctx, {
    workspaceId: ctx.workspaceId,
    monitorId,
    ...newKeyOf(ctx, 'heartbeat'),
    ...times,
    graceSeconds,
    maxRunSeconds,
    lastBeatAt: null,
    expectedAt: null,
    dueAt: null,
    lastDurationMs: null,
  });
  return monitorId;
}

/** Changes a heartbeat; other times count from its last beat, or from now on. Refuses a monitor of another kind. */
export async function editHeartbeat(ctx: Ctx, monitorId: string, change: EditHeartbeatBody): Promise<void> {
  const [pulse] = await lockHeartbeats(ctx, [monitorId]);
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('heartbeat', monitorId);
  if (monitor.kind !== 'heartbeat' || !pulse) throw invalid('params.id', 'is no heartbeat; change it by /monitors');
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  const { name = monitor.name, serviceId = monitor.serviceId } = change;
  const { graceSeconds = pulse.graceSeconds, maxRunSeconds = pulse.maxRunSeconds } = change;
  const rhythm = { ...(await readTimes(ctx, change, pulse)), graceSeconds, maxRunSeconds };
  await updateMonitor(ctx, monitorId, { name, serviceId, intervalMs: rhythm.periodSeconds * 1_000 });
  const { expectedAt, dueAt } = changeRhythm(pulse, pulse, rhythm, ctx.now);
  await updateHeartbeat(ctx, monitorId, { ...rhythm, expectedAt, dueAt });
  await audit(ctx, { action: 'heartbeat.edit', subjectId: monitorId, detail: change });
  touchMonitor(ctx, monitorId);
}

type Times = Pick<Rhythm, 'periodSeconds' | 'cron' | 'timeZone'>;

/** The times at which it reports; a period replaces a cron expression and the other way round. */
async function readTimes(ctx: Ctx, wanted: Partial<Times> | EditHeartbeatBody, before: Times | null): Promise<Times> {
  const { periodSeconds, cron: asked } = wanted;
  if (periodSeconds !== undefined && asked !== undefined && asked !== null)
    throw invalid('body.cron', 'give either a period or a cron expression');
  const cron = periodSeconds === undefined ? (asked ?? before?.cron ?? null) : null;
  if (cron === null) {
    if (wanted.timeZone !== undefined)
      throw invalid('body.timeZone', 'belongs to a cron expression; a period has none');
    return { periodSeconds: periodSeconds ?? before?.periodSeconds ?? 0, cron: null, timeZone: null };
  }
  const timeZone = wanted.timeZone ?? before?.timeZone ?? (await readWorkspace(ctx)).timeZone;
  const plan = planCron(cron, timeZone, ctx.now, 1);
  if (plan.fault !== null) throw invalid('body.cron', plan.fault);
  return { periodSeconds: plan.periodSeconds, cron, timeZone };
}

/** When a cron expression comes next, or what is wrong with it. */
export async function previewTimes(ctx: Ctx, asked: { readonly cron: string; readonly timeZone?: string | undefined }) {
  const timeZone = asked.timeZone ?? (await readWorkspace(ctx)).timeZone;
  const plan = planCron(asked.cron, timeZone, ctx.now, PREVIEWED);
  return plan.fault === null
    ? { timeZone, next: plan.next.map((at) => at.toISOString()), periodSeconds: plan.periodSeconds, fault: null }
    : { timeZone, next: [], periodSeconds: null, fault: plan.fault };
}
