import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';

/** Throws `not_found` for an alert of another workspace. */
export async function readAlert(_ctx: Ctx, _alertId: string): Promise<Alert> {
  throw new Error('not built yet');
}

/** The alerts with these ids; ids of other workspaces are left out. */
export async function readAlerts(_ctx: Ctx, _alertIds: readonly string[]): Promise<Alert[]> {
  throw new Error('not built yet');
}

/** Every alert linked to an incident, earliest first. */
export async function listAlertsOfIncident(_ctx: Ctx, _incidentId: string): Promise<Alert[]> {
  throw new Error('not built yet');
}

/** Critical alerts that are open and neither declared nor dismissed. */
export async function countUndeclared(_ctx: Ctx): Promise<number> {
  throw new Error('not built yet');
}
