import { alertDeclares, readAlert } from '#detect';
import { on } from '#platform/events.ts';
import { declareIncident } from './declare-incident.ts';
import { joinOpenIncident } from './join-open.ts';

/**
 * A route says that an alert is an incident, or looks like one. One that follows and is like it joins the incident that a
 * rule declared and that is still open.
 */
export const hearRoutes = on(alertDeclares, async (ctx, { alert: { id }, state, severity, routeName }) => {
  // Read again: it may have joined an incident since it was told.
  const alert = await readAlert(ctx, id);
  if (alert.incidentId !== null || alert.state === 'closed') return;
  if (await joinOpenIncident(ctx, alert, 'automatic')) return;
  await declareIncident(ctx, {
    title: alert.title.slice(0, 200),
    alertIds: [alert.id],
    kind: alert.drill ? 'drill' : 'real',
    automatic: true,
    suspected: state === 'suspected',
    why: new Map([[alert.id, `The route “${routeName}” made an incident of it.`]]),
    ...(severity === null ? {} : { severity }),
  });
});
