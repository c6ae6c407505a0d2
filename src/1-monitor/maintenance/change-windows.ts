import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { maintenanceChanged } from '../events.ts';
import type { changeMaintenanceWindow, createMaintenanceWindow } from './contract.ts';
import { requireTargets } from './require-targets.ts';
import { insertWindows, lockWindow, type MaintenanceWindow, selectWindow, updateWindow } from './store.ts';

const LONGEST_MS = 30 * DAY_MS;

/** Plans maintenance. Refuses an end that is past or more than 30 days after the start, and targets that are not there. */
export async function planMaintenance(
  ctx: Ctx,
  { title, serviceIds, monitorIds, startsAt: wanted, endsAt: end }: RouteInput<typeof createMaintenanceWindow>['body'],
): Promise<MaintenanceWindow> {
  const startsAt = wanted === undefined ? ctx.now : new Date(wanted);
  const endsAt = new Date(end);
  refuseTimes(ctx, startsAt, endsAt);
  const targets = await requireTargets(ctx, { serviceIds, monitorIds });
  const id = ctx.newId('mwn');
  const fresh = { createdAt: ctx.now, createdBy: actorUserId(ctx.actor), endedAt: null, endedBy: null };
  const alone = { seriesId: null, plannedFor: null };
  await insertWindows(ctx, [{ id, title, startsAt, endsAt, ...fresh, ...alone }], targets);
  await audit(ctx, { action: 'maintenance.plan', subjectId: id, detail: { title, ...targets, endsAt: end } });
  touchAll(ctx);
  return readWindow(ctx, id);
}

/** Changes a window that is not over. Refuses another start once it runs, and what `planMaintenance` refuses. */
export async function changeMaintenance(
  ctx: Ctx,
  windowId: string,
  change: RouteInput<typeof changeMaintenanceWindow>['body'],
): Promise<MaintenanceWindow> {
  const window = await lockOpenWindow(ctx, windowId);
  const startsAt = change.startsAt === undefined ? window.startsAt : new Date(change.startsAt);
  const endsAt = change.endsAt === undefined ? window.endsAt : new Date(change.endsAt);
  if (startsAt.getTime() !== window.startsAt.getTime() && window.startsAt <= ctx.now)
    throw conflict('This maintenance has begun already; only its end can still be moved.');
  refuseTimes(ctx, startsAt, endsAt);
  const { serviceIds, monitorIds } = change;
  const targets =
    serviceIds === undefined && monitorIds === undefined
      ? undefined
      : await requireTargets(ctx, {
          serviceIds: serviceIds ?? window.serviceIds,
          monitorIds: monitorIds ?? window.monitorIds,
        });
  await updateWindow(ctx, windowId, { title: change.title ?? window.title, startsAt, endsAt }, targets);
  await audit(ctx, { action: 'maintenance.change', subjectId: windowId, detail: change });
  return tellChanged(ctx, windowId);
}

/** Ends a window now, or calls a planned one off (of a series, that one alone); what is still broken asks at once. */
export async function endMaintenance(ctx: Ctx, windowId: string): Promise<MaintenanceWindow> {
  await lockOpenWindow(ctx, windowId);
  await updateWindow(ctx, windowId, { endedAt: ctx.now, endedBy: actorUserId(ctx.actor) });
  await audit(ctx, { action: 'maintenance.end', subjectId: windowId });
  return tellChanged(ctx, windowId);
}

async function tellChanged(ctx: Ctx, windowId: string): Promise<MaintenanceWindow> {
  await ctx.publish(maintenanceChanged, { maintenanceWindowId: windowId });
  touchAll(ctx);
  return readWindow(ctx, windowId);
}

async function readWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow> {
  const window = await selectWindow(ctx, windowId);
  if (!window) throw notFound('maintenance window', windowId);
  return window;
}

async function lockOpenWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindow> {
  const window = await lockWindow(ctx, windowId);
  if (!window) throw notFound('maintenance window', windowId);
  if (window.endedAt !== null || window.endsAt <= ctx.now) throw conflict('This maintenance is over already.');
  return window;
}

/** Refuses an end that is past, or more than 30 days after the start. */
export function refuseTimes(ctx: Pick<Ctx, 'now'>, startsAt: Date, endsAt: Date): void {
  if (endsAt <= ctx.now) throw invalid('body.endsAt', 'must lie in the future');
  if (endsAt <= startsAt) throw invalid('body.endsAt', 'must lie after the start');
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS)
    throw invalid('body.endsAt', 'must be at most 30 days after the start');
}

/** Whoever shows monitors, services or public pages shows maintenance too. */
function touchAll(ctx: Ctx): void {
  for (const topic of ['maintenance', 'monitors', 'status-pages']) ctx.touch(topic);
}
