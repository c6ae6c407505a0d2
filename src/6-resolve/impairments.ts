import { type Incident } from '#declare';
import { listAlertsOfIncident } from '#detect';
import { readServiceStates } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';

/** What is not well yet, one sentence each: linked alerts that are not closed, and services whose monitors are not up. */
export async function readImpairments(ctx: Ctx, incident: Incident): Promise<string[]> {
  const alerts = await listAlertsOfIncident(ctx, incident.id);
  const open = alerts
    .filter((alert) => alert.state !== 'closed')
    .map((alert) => `The alert "${alert.title}" is still open`);
  // A drill breaks no real service, so what the services do says nothing about it.
  if (incident.kind === 'drill') return open;
  const services = await readServiceStates(ctx, incident.serviceIds);
  const impaired = services.filter(({ state }) => state === 'down' || state === 'degraded');
  return [...open, ...impaired.map((service) => `${service.name} is still ${service.state}`)];
}
