import { audit } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { requireService } from '../monitor/create-monitor.ts';
import { readMonitors } from '../monitor/read-monitors.ts';
import { type BurnAlert, type SloWindow, USUAL_ALERTS } from './burn.ts';
import type { CreateSloBody, EditSloBody } from './contract.ts';
import { tellCalm } from './judge-slos.ts';
import { insertSlo, lockSlo, type SloRow, updateSlo } from './store.ts';

type Target = { readonly serviceId: string | null; readonly monitorIds: readonly string[] };

/** Adds an SLO. Refuses one on nothing, on both a service and monitors, and on what is not in the workspace. */
export async function createSlo(ctx: Ctx, wanted: CreateSloBody): Promise<string> {
  const { name, objective } = wanted;
  const alerts = wanted.alerts ?? USUAL_ALERTS;
  refuseAlerts(alerts);
  const target = await requireTarget(ctx, wanted);
  const id = ctx.newId('slo');
  const fresh = { criticalSince: null, warningSince: null, createdAt: ctx.now, archivedAt: null };
  await insertSlo(
    ctx,
    {
      id,
      name,
      serviceId: target.serviceId,
      objective,
      ...windowColumns(wanted.window),
      ...alertColumns(alerts),
      ...fresh,
    },
    target.monitorIds,
  );
  await audit(ctx, { action: 'slo.create', subjectId: id, detail: { name, objective } });
  ctx.touch('slos');
  return id;
}

/** Changes an SLO; what is not named stays. A service replaces monitors, and the other way round. */
export async function editSlo(ctx: Ctx, sloId: string, change: EditSloBody): Promise<void> {
  const slo = await lockExisting(ctx, sloId);
  if (change.alerts) refuseAlerts(change.alerts);
  const target = newTarget(slo, change);
  const known = target && (await requireTarget(ctx, target));
  await updateSlo(
    ctx,
    sloId,
    {
      name: change.name ?? slo.name,
      objective: change.objective ?? slo.objective,
      ...(known ? { serviceId: known.serviceId } : {}),
      ...(change.window ? windowColumns(change.window) : {}),
      ...(change.alerts ? alertColumns(change.alerts) : {}),
    },
    known?.monitorIds,
  );
  await audit(ctx, { action: 'slo.edit', subjectId: sloId, detail: change });
  ctx.touch('slos');
}

/** Takes an SLO out of use; its alerts close. */
export async function archiveSlo(ctx: Ctx, sloId: string): Promise<void> {
  const slo = await lockExisting(ctx, sloId);
  for (const severity of ['critical', 'warning'] as const)
    if (slo[`${severity}Since`] !== null) await tellCalm(ctx, slo, severity, true);
  await updateSlo(ctx, sloId, { archivedAt: ctx.now, criticalSince: null, warningSince: null });
  await audit(ctx, { action: 'slo.archive', subjectId: sloId, detail: { name: slo.name } });
  ctx.touch('slos');
}

async function lockExisting(ctx: Ctx, sloId: string): Promise<SloRow> {
  const slo = await lockSlo(ctx, sloId);
  if (!slo) throw notFound('SLO', sloId);
  return slo;
}

function newTarget(slo: SloRow, { serviceId, monitorIds }: EditSloBody): Target | null {
  if (serviceId === undefined && monitorIds === undefined) return null;
  if (serviceId !== undefined && serviceId !== null) return { serviceId, monitorIds: monitorIds ?? [] };
  if (monitorIds !== undefined && monitorIds.length > 0) return { serviceId: null, monitorIds };
  return { serviceId: serviceId === undefined ? slo.serviceId : null, monitorIds: monitorIds ?? slo.monitorIds };
}

async function requireTarget(ctx: Ctx, { serviceId, monitorIds }: Target): Promise<Target> {
  const ids = [...new Set(monitorIds)];
  if (serviceId !== null && ids.length > 0)
    throw invalid('body.monitorIds', 'name either a service or some monitors, not both');
  if (serviceId === null && ids.length === 0) throw invalid('body.serviceId', 'name a service, or some monitors');
  if (serviceId !== null) await requireService(ctx, serviceId);
  const found = ids.length > 0 ? await readMonitors(ctx, ids) : [];
  const known = new Set(found.filter(({ archivedAt }) => archivedAt === null).map((monitor) => monitor.id));
  if (ids.some((id) => !known.has(id))) throw invalid('body.monitorIds', 'one of them is not in this workspace');
  return { serviceId, monitorIds: ids };
}

/** Refuses a short window that is not shorter than its long one. */
export function refuseAlerts(alerts: readonly BurnAlert[]): void {
  const bad = alerts.findIndex(({ longMinutes, shortMinutes }) => shortMinutes >= longMinutes);
  if (bad >= 0) throw invalid(`body.alerts.${bad}.shortMinutes`, 'must be shorter than the long window');
}

function windowColumns(window: SloWindow) {
  return window.kind === 'rolling'
    ? { windowDays: window.days, timeZone: null }
    : { windowDays: null, timeZone: window.timeZone };
}

function alertColumns(alerts: readonly BurnAlert[]) {
  return {
    alerts: JSON.stringify(alerts),
    looksBackMinutes: Math.max(0, ...alerts.map(({ longMinutes }) => longMinutes)),
  };
}
