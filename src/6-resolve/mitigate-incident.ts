import { draftUpdate, postUpdate } from '#communicate';
import { changeState, type Incident, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';

/**
 * Service is restored and we are watching. When customers are affected it says so in public at once, in the given words
 * or the shipped ones, and components return to operational with it: a page that said both would be believed in neither.
 */
export async function mitigateIncident(
  ctx: Ctx,
  incidentId: string,
  { body }: { body?: string | undefined },
): Promise<Incident> {
  const incident = await changeState(ctx, incidentId, { to: 'mitigated', body });
  if (incident.customerFacing) {
    const draft = await draftUpdate(ctx, incidentId, 'monitoring');
    const components = draft.components.map(({ id, to }) => ({ id, status: to }));
    await postUpdate(ctx, incidentId, {
      status: 'monitoring',
      body: body ?? draft.body,
      ...(components.length > 0 ? { components } : {}),
    });
  }
  return await readIncident(ctx, incidentId);
}
