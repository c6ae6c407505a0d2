import { draftUpdate, postUpdate } from '#communicate';
import { changeState, type Incident, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';

/**
 * Service is restored and we are watching. When customers are affected it says so in public at once, in the given words
 * or the shipped ones; components change with the final update.
 */
export async function mitigateIncident(
  ctx: Ctx,
  incidentId: string,
  { body }: { body?: string | undefined },
): Promise<Incident> {
  const incident = await changeState(ctx, incidentId, { to: 'mitigated', body });
  if (incident.customerFacing) {
    const text = body ?? (await draftUpdate(ctx, incidentId, 'monitoring')).body;
    await postUpdate(ctx, incidentId, { status: 'monitoring', body: text });
  }
  return await readIncident(ctx, incidentId);
}
