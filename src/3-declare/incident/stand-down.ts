import type { Ctx } from '#platform/ctx.ts';
import type { Incident } from './incident.ts';

/** Records the stand-down of a resolved incident and who owns its postmortem; releases every role. */
export async function recordStandDown(
  _ctx: Ctx,
  _incidentId: string,
  _stand: { postmortemOwnerId: string | null },
): Promise<Incident> {
  throw new Error('not built yet');
}

/** Notes that every linked alert has recovered, once per recovery. */
export async function proposeRecovery(_ctx: Ctx, _incidentId: string): Promise<Incident> {
  throw new Error('not built yet');
}
