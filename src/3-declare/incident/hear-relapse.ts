import { alertOpened, listAlertsOfIncident } from '#detect';
import { on } from '#platform/events.ts';
import { addAlerts } from './edit-incident.ts';
import { selectIncidents } from './store.ts';

const OPEN = ['suspected', 'active', 'mitigated'] as const;
const MOST_OPEN = 50;
const WHY = 'It joined the incident by itself, because its monitor failed again while the incident was open.';

/** A monitor that fails again while its incident is open belongs to that incident: nobody has to declare it twice. */
export const hearRelapse = on(alertOpened, async (ctx, { alert }) => {
  if (alert.monitorId === null || alert.serviceId === null) return;
  const kind = alert.drill ? 'drill' : 'real';
  for (const incident of await selectIncidents(ctx, {
    states: OPEN,
    kind,
    serviceId: alert.serviceId,
    limit: MOST_OPEN,
  })) {
    const linked = await listAlertsOfIncident(ctx, incident.id);
    if (linked.some((one) => one.monitorId === alert.monitorId))
      return void (await addAlerts(ctx, incident.id, [alert.id], WHY));
  }
});
