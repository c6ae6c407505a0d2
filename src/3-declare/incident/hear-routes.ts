import { alertDeclares, readAlert } from '#detect';
import { on } from '#platform/events.ts';
import { declareIncident } from './declare-incident.ts';
import { addAlerts } from './edit-incident.ts';
import { selectAutomaticOf } from './store.ts';

/**
 * A route says that an alert is an incident, or looks like one. One that follows for the same service joins the incident
 * that a rule declared and that is still open.
 */
export const hearRoutes = on(alertDeclares, async (ctx, { alert: { id }, state, severity }) => {
  // Read again: it may have joined an incident since it was told.
  const alert = await readAlert(ctx, id);
  if (alert.incidentId !== null || alert.state === 'closed') return;
  const kind = alert.drill ? 'drill' : 'real';
  const there = alert.serviceId === null ? null : await selectAutomaticOf(ctx, alert.serviceId, kind);
  if (there) return void (await addAlerts(ctx, there.id, [alert.id]));
  await declareIncident(ctx, {
    title: alert.title.slice(0, 200),
    alertIds: [alert.id],
    kind,
    automatic: true,
    suspected: state === 'suspected',
    ...(severity === null ? {} : { severity }),
  });
});
