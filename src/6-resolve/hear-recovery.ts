import { isOpen, proposeRecovery, readIncident } from '#declare';
import { alertClosed, listAlertsOfIncident } from '#detect';
import { on } from '#platform/events.ts';
import { recoveryProposed } from './events.ts';
import { resolveByItself } from './resolve-incident.ts';

/**
 * The last linked alert has recovered: an automatic incident that nobody has touched resolves by itself; any other one
 * is offered to be resolved, and stays open until a person says so.
 */
export const hearRecovery = on(alertClosed, async (ctx, { alert, reason }) => {
  if (alert.incidentId === null || (reason !== 'recovered' && reason !== 'resolved')) return;
  const incident = await readIncident(ctx, alert.incidentId);
  if (!isOpen(incident.state)) return;
  const alerts = await listAlertsOfIncident(ctx, incident.id);
  if (alerts.some((one) => one.state !== 'closed')) return;
  if (incident.automatic && !incident.touched) return await resolveByItself(ctx, incident.id);
  const proposed = await proposeRecovery(ctx, incident.id);
  if (proposed) await ctx.publish(recoveryProposed, { incident: proposed });
});
