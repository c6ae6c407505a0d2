import { audit, readAllowedTargets } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { monitorCreated } from '../events.ts';
import { findOrCreateService } from '../service/create-service.ts';
import { selectService } from '../service/store.ts';
import { replaceOpenInterval } from '../state-interval/store.ts';
import { freshVerdict } from '../verdict/verdict.ts';
import { touchMonitor } from './change-state.ts';
import type { CreateMonitorBody } from './contract.ts';
import { sealSecrets } from './open-secrets.ts';
import { readAsking } from './read-asking.ts';
import { insertMonitor } from './store.ts';
import { readMonitor } from './read-monitors.ts';
import { choosePlaces } from '../vantage/choose-places.ts';
import { HOME } from '../vantage/streams.ts';

/**
 * Adds a monitor; one address is enough: the name comes from it, and the service named after its host comes along
 * when none is chosen. Refuses a private address that the workspace has not allowed.
 */
export async function createMonitor(ctx: Ctx, wanted: CreateMonitorBody): Promise<string> {
  // What may be reached from elsewhere, the locations say.
  const allowedTargets = wanted.locations.includes(HOME) ? await readAllowedTargets(ctx) : null;
  const { kind, target, question, secrets } = readAsking(wanted, allowedTargets);
  const monitorId = await addMonitor(ctx, {
    kind,
    name: wanted.name ?? target.name,
    serviceId: wanted.serviceId ?? (await findOrCreateService(ctx, target.host)),
    url: target.url,
    tags: sorted(wanted.tags),
    intervalMs: wanted.intervalSeconds * 1_000,
    timeoutMs: Math.round(wanted.timeoutSeconds * 1_000),
    confirmFailures: wanted.confirm.failures,
    confirmRecoveries: wanted.confirm.recoveries,
    confirmLocations: wanted.confirm.locations ?? null,
    question,
    sealedSecrets: sealSecrets(ctx.secrets, secrets),
  });
  if (wanted.locations.some((place) => place !== HOME))
    await choosePlaces(ctx, await readMonitor(ctx, monitorId), wanted.locations);
  return monitorId;
}

type NewMonitor = Omit<
  Parameters<typeof insertMonitor>[1],
  'workspaceId' | 'id' | 'revision' | 'createdAt' | 'updatedAt' | 'archivedAt'
>;

/** Each once, in one order. */
export function sorted(tags: readonly string[]): string[] {
  return [...new Set(tags)].toSorted();
}

/** Adds a monitor of any kind, not judged yet, and tells later stages. */
export async function addMonitor(ctx: Ctx, wanted: NewMonitor): Promise<string> {
  const id = ctx.newId('mon');
  await requireService(ctx, wanted.serviceId);
  await insertMonitor(
    ctx,
    {
      ...wanted,
      workspaceId: ctx.workspaceId,
      id,
      revision: 1,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      archivedAt: null,
    },
    freshVerdict(ctx.now.getTime()),
  );
  await replaceOpenInterval(ctx, { monitorId: id, at: ctx.now, next: 'unknown', drill: false });
  await audit(ctx, {
    action: 'monitor.create',
    subjectId: id,
    detail: { name: wanted.name, kind: wanted.kind, url: wanted.url },
  });
  await ctx.publish(monitorCreated, { monitorId: id, serviceId: wanted.serviceId });
  touchMonitor(ctx, id);
  return id;
}

/** Refuses a service that is not in the workspace, or archived. */
export async function requireService(ctx: Ctx, serviceId: string): Promise<void> {
  const service = await selectService(ctx, serviceId);
  if (!service || service.archivedAt) throw invalid('body.serviceId', 'there is no such service in this workspace');
}
