import { audit } from '#access';
import { closeAsFalseAlarm, listAlertsOfIncident } from '#detect';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { incidentStateChanged } from '../events.ts';
import { waiveAllOf } from '../promise/open-promise.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import { move } from './lifecycle.ts';
import { readIncident } from './read-incident.ts';

/**
 * False alarm, without blame: its alerts are closed as such (which ends their pages), what was owed is waived, and the
 * incident stays out of the figures. Refused once it is resolved.
 */
export async function declineIncident(
  ctx: Ctx,
  incidentId: string,
  { reason }: { reason?: string | undefined } = {},
): Promise<Incident> {
  const { before, after } = await record(ctx, incidentId, (incident) => {
    const step = move(incident.state, 'decline');
    if (!step.ok) throw conflict(step.message);
    return [
      {
        type: 'declined',
        data: { reason: reason ?? null },
        text: reason === undefined ? 'False alarm' : `False alarm: ${reason}`,
      },
    ];
  });
  await audit(ctx, { action: 'incident.decline', subjectId: incidentId, detail: { reason: reason ?? null } });
  await waiveAllOf(ctx, incidentId);
  const alerts = await listAlertsOfIncident(ctx, incidentId);
  await closeAsFalseAlarm(
    ctx,
    alerts.map((alert) => alert.id),
  );
  await ctx.publish(incidentStateChanged, { incident: after, from: before.state, to: 'declined' });
  return await readIncident(ctx, incidentId);
}
