import { audit } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { digest } from '#platform/secrets.ts';
import { touchMonitor } from '../monitor/change-state.ts';
import { addMonitor, requireService } from '../monitor/create-monitor.ts';
import { NO_HTTP, type Question } from '../monitor/question.ts';
import { lockMonitor, updateMonitor } from '../monitor/store.ts';
import { findOrCreateService } from '../service/create-service.ts';
import type { CreateHeartbeatBody, EditHeartbeatBody } from './contract.ts';
import { insertHeartbeat, updateHeartbeat } from './store.ts';

/** A heartbeat asks nothing; the row's fields for it stand empty. */
const NO_QUESTION: Question = { ...NO_HTTP, assertions: [], degradedAboveMs: null };

/** Adds a heartbeat with a key of its own; it is not armed before its first beat. A service of its name comes along. */
export async function createHeartbeat(ctx: Ctx, wanted: CreateHeartbeatBody): Promise<string> {
  const monitorId = await addMonitor(ctx, {
    kind: 'heartbeat',
    name: wanted.name,
    serviceId: wanted.serviceId ?? (await findOrCreateService(ctx, wanted.name, { inside: true })),
    url: null,
    intervalMs: wanted.periodSeconds * 1_000,
    timeoutMs: 0,
    confirmFailures: 1,
    confirmRecoveries: 1,
    confirmLocations: null,
    question: NO_QUESTION,
    sealedSecrets: null,
  });
  const key = newSecret('hb');
  await insertHeartbeat(ctx, {
    workspaceId: ctx.workspaceId,
    monitorId,
    keyDigest: digest(key),
    keySealed: ctx.secrets.seal(key),
    periodSeconds: wanted.periodSeconds,
    graceSeconds: wanted.graceSeconds,
    lastBeatAt: null,
    dueAt: null,
    runningSince: null,
    lastDurationMs: null,
  });
  return monitorId;
}

/** Changes a heartbeat; a new rhythm counts from its last beat. Refuses a monitor of another kind. */
export async function editHeartbeat(ctx: Ctx, monitorId: string, change: EditHeartbeatBody): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor) throw notFound('heartbeat', monitorId);
  if (monitor.kind !== 'heartbeat') throw invalid('params.id', 'is an HTTP monitor; change it by /monitors');
  if (change.serviceId !== undefined) await requireService(ctx, change.serviceId);
  const periodSeconds = change.periodSeconds ?? monitor.periodSeconds ?? 0;
  const graceSeconds = change.graceSeconds ?? monitor.graceSeconds ?? 0;
  const { name = monitor.name, serviceId = monitor.serviceId } = change;
  await updateMonitor(ctx, monitorId, { name, serviceId, intervalMs: periodSeconds * 1_000 });
  const counts = monitor.dueAt !== null && monitor.lastBeatAt !== null && monitor.runningSince === null;
  const dueAt = counts
    ? new Date(monitor.lastBeatAt.getTime() + (periodSeconds + graceSeconds) * 1_000)
    : monitor.dueAt;
  await updateHeartbeat(ctx, monitorId, { periodSeconds, graceSeconds, dueAt });
  await audit(ctx, { action: 'heartbeat.edit', subjectId: monitorId, detail: change });
  touchMonitor(ctx, monitorId);
}
