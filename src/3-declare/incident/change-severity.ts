import type { Ctx } from '#platform/ctx.ts';
import type { Severity } from '../severity/contract.ts';
import type { Incident } from './incident.ts';

export async function changeSeverity(
  _ctx: Ctx,
  _incidentId: string,
  _change: { severity: Severity; reason: string },
): Promise<Incident> {
  throw new Error('not built yet');
}
