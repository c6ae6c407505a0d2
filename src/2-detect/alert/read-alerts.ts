import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';
import { selectAlert, selectAlerts, selectAlertsBetween, selectAlertsOfIncident } from './store.ts';
import { selectUndeclaredCount } from './count-store.ts';

/** Throws `not_found` for an alert of another workspace. */
export async function readAlert(ctx: Ctx, alertId: string): Promise<Alert> {
  const alert = await selectAlert(ctx, alertId);
  if (!alert) throw notFound('alert', alertId);
  return alert;
}

/** The alerts with these ids, earliest first; ids of other workspaces are left out. */
export async function readAlerts(ctx: Ctx, alertIds: readonly string[]): Promise<Alert[]> {
  return await selectAlerts(ctx, alertIds);
}

/** Every alert linked to an incident, earliest first. */
export async function listAlertsOfIncident(ctx: Ctx, incidentId: string): Promise<Alert[]> {
  return await selectAlertsOfIncident(ctx, incidentId);
}

/** Critical alerts that are not closed and neither declared nor dismissed. */
export async function countUndeclared(ctx: Ctx): Promise<number> {
  return await selectUndeclaredCount(ctx);
}

const MOST_ALERTS = 50_000;

/** Alerts first seen inside a window, earliest first; at most 50,000. */
export async function listAlertsBetween(
  ctx: Ctx,
  window: { readonly from: Date; readonly to: Date },
): Promise<Alert[]> {
  return await selectAlertsBetween(ctx, window, MOST_ALERTS);
}
