import { alertUndeclared } from '#detect';
import { on } from '#platform/events.ts';
import { declareIncident } from './declare-incident.ts';
import { addAlerts } from './edit-incident.ts';
import { selectSuspicionOf } from './store.ts';

/**
 * An alert that nobody declared or dismissed becomes a suspected incident by itself. One that follows for the same
 * service joins the suspicion that is there, so that a storm is one question and not a hundred.
 */
export const hearUndeclared = on(alertUndeclared, async (ctx, { alert, level }) => {
  if (level !== 'suspect') return;
  const kind = alert.drill ? 'drill' : 'real';
  const suspicion = alert.serviceId === null ? null : await selectSuspicionOf(ctx, alert.serviceId, kind);
  if (suspicion) await addAlerts(ctx, suspicion.id, [alert.id]);
  else
    await declareIncident(ctx, {
      title: alert.title.slice(0, 200),
      alertIds: [alert.id],
      kind,
      suspected: true,
      automatic: true,
    });
});
