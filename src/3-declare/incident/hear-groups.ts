import { alertJoined } from '#detect';
import { on } from '#platform/events.ts';
import { addAlerts } from './edit-incident.ts';
import { isOpen } from './lifecycle.ts';
import { readIncident } from './read-incident.ts';

const WHY = 'It joined the incident by itself, because the alert that asks for its group is in it.';

/** What asks as one is one incident: a new member of a group joins the incident of its lead while that is open. */
export const hearGroups = on(alertJoined, async (ctx, { alert, incidentId }) => {
  if (isOpen((await readIncident(ctx, incidentId)).state)) await addAlerts(ctx, incidentId, [alert.id], WHY);
});
