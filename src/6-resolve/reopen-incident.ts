import { changeState, type Incident, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';

/** It is back: the same incident again, with a new stretch of impact and new clocks. Also undoes a mitigation. */
export async function reopenIncident(ctx: Ctx, incidentId: string, { reason }: { reason: string }): Promise<Incident> {
  await changeState(ctx, incidentId, { to: 'active', reason });
  return await readIncident(ctx, incidentId);
}
