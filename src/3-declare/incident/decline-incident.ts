import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from './incident.ts';

export async function declineIncident(
  _ctx: Ctx,
  _incidentId: string,
  _why: { reason?: string | undefined } = {},
): Promise<Incident> {
  throw new Error('not built yet');
}
