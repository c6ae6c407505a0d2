import type { Ctx } from '#platform/ctx.ts';
import { choosePlaces } from '../vantage/choose-places.ts';
import { selectVantages } from '../vantage/store.ts';
import { addMonitor } from './create-monitor.ts';
import { createHeartbeat } from '../heartbeat/create-heartbeat.ts';
import { createPushedValueBody } from '../pushed-value/contract.ts';
import { createPushedValue } from '../pushed-value/create-pushed-value.ts';
import { readMonitor, readPresentMonitor } from './read-monitors.ts';
import { type MonitorRecord, updateMonitor } from './store.ts';

/** Adds a monitor that asks what another one asks, from the same places, with its secrets; what is told to us gets a key of its own. Refuses an archived one. */
export async function cloneMonitor(ctx: Ctx, monitorId: string, name: string | undefined): Promise<string> {
  const { workspaceId: _, id, archivedAt: __, ...like } = await readPresentMonitor(ctx, monitorId);
  if (like.kind === 'heartbeat') return cloneHeartbeat(ctx, like, name ?? copyName(like.name));
  if (like.kind === 'value') return clonePushedValue(ctx, like, name ?? copyName(like.name));
  const cloneId = await addMonitor(ctx, {
    kind: like.kind,
    name: name ?? copyName(like.name),
    serviceId: like.serviceId,
    url: like.url,
    tags: like.tags,
    groupPath: like.groupPath,
    intervalMs: like.intervalMs,
    timeoutMs: like.timeoutMs,
    confirmFailures: like.confirmFailures,
    confirmRecoveries: like.confirmRecoveries,
    confirmLocations: like.confirmLocations,
    question: like.question,
    sealedSecrets: like.sealedSecrets,
  });
  const places = (await selectVantages(ctx, [id])).map(({ locationId }) => locationId);
  if (places.length > 0) await choosePlaces(ctx, await readMonitor(ctx, cloneId), places);
  return cloneId;
}

type Like = Omit<MonitorRecord, 'workspaceId' | 'id' | 'archivedAt'>;

async function cloneHeartbeat(ctx: Ctx, like: Like, name: string): Promise<string> {
  const { cron, timeZone, periodSeconds, graceSeconds, maxRunSeconds, serviceId } = like;
  const times =
    cron === null ? { periodSeconds: periodSeconds ?? undefined } : { cron, timeZone: timeZone ?? undefined };
  const cloneId = await createHeartbeat(ctx, {
    ...times,
    name,
    serviceId,
    ...(graceSeconds === null ? {} : { graceSeconds }),
    ...(maxRunSeconds === null ? {} : { maxRunSeconds }),
  });
  await updateMonitor(ctx, cloneId, { tags: like.tags, groupPath: like.groupPath });
  return cloneId;
}

async function clonePushedValue(ctx: Ctx, like: Like, name: string): Promise<string> {
  const { test, threshold, forSeconds, periodSeconds, graceSeconds, serviceId } = like;
  const wanted = { name, serviceId, test, value: threshold, forSeconds, periodSeconds, graceSeconds };
  const cloneId = await createPushedValue(ctx, createPushedValueBody.parse(wanted));
  await updateMonitor(ctx, cloneId, { tags: like.tags, groupPath: like.groupPath });
  return cloneId;
}

const NAME_LENGTH = 120;
const COPY = ' (copy)';

function copyName(name: string): string {
  return `${name.slice(0, NAME_LENGTH - COPY.length)}${COPY}`;
}
