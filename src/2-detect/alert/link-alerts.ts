import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from './alert.ts';

/** Links alerts to an incident (disposition `declared`); refuses alerts that belong to another one. */
export async function linkAlertsToIncident(
  _ctx: Ctx,
  _alertIds: readonly string[],
  _incidentId: string,
): Promise<Alert[]> {
  throw new Error('not built yet');
}

/** Takes alerts out of an incident; they count as undeclared no more. */
export async function unlinkAlertsFromIncident(
  _ctx: Ctx,
  _alertIds: readonly string[],
  _incidentId: string,
): Promise<void> {
  throw new Error('not built yet');
}
