import { type Alert, findAlike } from '#detect';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { addAlerts } from './edit-incident.ts';
import { selectOpenIncidents } from './store.ts';

/**
 * Puts an alert into the latest open incident that has one like it, by the settings of the workspace; says whether there
 * is such an incident. `automatic`: only what a rule declared; `any`: also what people did, for its service even where
 * they named no alert.
 */
export async function joinOpenIncident(ctx: Ctx, alert: Alert, which: 'automatic' | 'any'): Promise<boolean> {
  const open = await selectOpenIncidents(ctx, alert.drill ? 'drill' : 'real', which);
  if (open.length === 0) return false;
  const alike = await findAlike(ctx, alert);
  if (alike === null) return false;
  const found = (await alike.incidentAmong(open.map(({ id }) => id))) ?? (await aboutService(ctx, alert, open));
  if (found === null) return false;
  await addAlerts(ctx, found.incidentId, [alert.id], `It joined the incident by itself, because ${found.why}.`);
  return true;
}

async function aboutService(
  ctx: Ctx,
  { serviceId }: Alert,
  open: readonly { readonly id: string; readonly serviceIds: readonly string[] }[],
) {
  if (serviceId === null) return null;
  const incident = open.find(({ serviceIds }) => serviceIds.includes(serviceId));
  if (incident === undefined) return null;
  const [service] = await readServices(ctx, [serviceId]);
  return { incidentId: incident.id, why: `the incident is about its service “${service?.name ?? serviceId}”` };
}
