import { audit, readAllowedTargets } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { monitorCreated } from '../events.ts';
import { findOrCreateService } from '../service/create-service.ts';
import { hasService } from '../service/store.ts';
import { replaceOpenInterval } from '../state-interval/store.ts';
import { freshVerdict } from '../verdict/verdict.ts';
import { type MonitorKind, type ToldKind, traitsOf } from '../kind/kinds.ts';
import { touchMonitor } from './change-state.ts';
import { checkSoon } from './check-soon.ts';
import type { CreateMonitorBody } from './contract.ts';
import { sealSecrets } from './open-secrets.ts';
import { NO_QUESTION } from './question.ts';
import { readAsking } from './read-asking.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { insertMonitor } from './store.ts';
import { readMonitor } from './read-monitors.ts';
import { choosePlaces } from '../vantage/choose-places.ts';
import { HOME } from '../vantage/streams.ts';

const AT_ONCE_ABOVE_SECONDS = 300;

/**
 * Adds a monitor; one address is enough: the name comes from it, and the service named after its host comes along
 * when none is chosen. Refuses a private address that the workspace has not allowed.
 */
export async function createMonitor(ctx: Ctx, wanted: CreateMonitorBody): Promise<string> {
  // What may be reached from elsewhere, the locations say.
  const allowedTargets = wanted.locations.includes(HOME) ? await readAllowedTargets(ctx) : null;
  refuseHere(wanted.kind ?? 'http', wanted.locations);
  const { kind, target, question, secrets } = readAsking(wanted, allowedTargets);
  await refuseUnreadable(kind, question.options);
  const monitorId = await addMonitor(ctx, {
    kind,
    name: wanted.name ?? target.name,
    serviceId: wanted.serviceId ?? (await findOrCreateService(ctx, target.host)),
    url: target.url,
    tags: sorted(wanted.tags),
    groupPath: wanted.group,
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
  // What is asked seldom would else be unknown for long.
  else if (wanted.intervalSeconds > AT_ONCE_ABOVE_SECONDS) await checkSoon(ctx, [monitorId]);
  return monitorId;
}

/** Refuses what only probes elsewhere can ask. */
export function refuseHere(kind: MonitorKind, locations: readonly string[]): void {
  if (traitsOf(kind).elsewhere === true && locations.includes(HOME))
    throw invalid('body.locations', `${kind} is asked by probes only: name the locations of those that can`);
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

/** Adds one that is told to us and asks nothing. A service of its name comes along where none is named. */
export async function addToldMonitor(
  ctx: Ctx,
  {
    kind,
    name,
    serviceId,
    periodSeconds,
  }: {
    readonly kind: ToldKind;
    readonly name: string;
    readonly serviceId: string | undefined;
    readonly periodSeconds: number;
  },
): Promise<string> {
  return addMonitor(ctx, {
    kind,
    name,
    serviceId: serviceId ?? (await findOrCreateService(ctx, name, { inside: true })),
    url: null,
    tags: [],
    groupPath: null,
    intervalMs: periodSeconds * 1_000,
    timeoutMs: 0,
    confirmFailures: 1,
    confirmRecoveries: 1,
    confirmLocations: null,
    question: NO_QUESTION,
    sealedSecrets: null,
  });
}

/** Refuses a service that is not in the workspace, or archived. */
export async function requireService(ctx: Ctx, serviceId: string): Promise<void> {
  if (!(await hasService(ctx, serviceId)))
    throw invalid('body.serviceId', 'there is no such service in this workspace');
}
