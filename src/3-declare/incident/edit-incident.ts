import { audit } from '#access';
import { type Alert, linkAlertsToIncident } from '#detect';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { incidentEdited } from '../events.ts';
import { record } from '../timeline/record.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './lifecycle.ts';
import { readIncident } from './read-incident.ts';

export type IncidentEdit = {
  readonly title?: string | undefined;
  readonly serviceIds?: readonly string[] | undefined;
  readonly customerFacing?: boolean | undefined;
  /** Changes figures, never a clock that runs. */
  readonly impactStartedAt?: Date | undefined;
};

/** Changes what an incident says of itself. Refuses unknown services and an impact that starts in the future. */
export async function editIncidentFacts(ctx: Ctx, incidentId: string, edit: IncidentEdit): Promise<Incident> {
  if (edit.impactStartedAt && edit.impactStartedAt > ctx.now)
    throw invalid('body.impactStartedAt', 'must not lie in the future');
  await refuseUnknownServices(ctx, edit.serviceIds ?? []);
  const { before, after, entries } = await record(ctx, incidentId, (incident) => {
    if (incident.state === 'declined') throw conflict(`${incident.reference} was declined.`);
    const data = {
      title: edit.title ?? incident.title,
      customerFacing: edit.customerFacing ?? incident.customerFacing,
      serviceIds: [...(edit.serviceIds ?? incident.serviceIds)],
      impactStartedAt: (edit.impactStartedAt ?? incident.impactStartedAt).toISOString(),
    };
    const text = differences(incident, data);
    return text.length === 0 ? [] : [{ type: 'edited', data, text: text.join('. ') }];
  });
  if (entries.length === 0) return after;
  await audit(ctx, { action: 'incident.edit', subjectId: incidentId, detail: { ...edit } });
  await ctx.publish(incidentEdited, { incident: after, before });
  return await readIncident(ctx, incidentId);
}

type Edited = { title: string; customerFacing: boolean; serviceIds: readonly string[]; impactStartedAt: string };

function differences(incident: Incident, to: Edited): string[] {
  return [
    to.title === incident.title ? '' : `Title changed to "${to.title}"`,
    to.customerFacing === incident.customerFacing ? '' : `Customers ${to.customerFacing ? 'are' : 'are not'} affected`,
    to.serviceIds.join() === incident.serviceIds.join() ? '' : 'Affected services changed',
    to.impactStartedAt === incident.impactStartedAt.toISOString() ? '' : `Impact started at ${to.impactStartedAt}`,
  ].filter(Boolean);
}

async function refuseUnknownServices(ctx: Ctx, serviceIds: readonly string[]) {
  const found = new Set((await readServices(ctx, serviceIds)).map((service) => service.id));
  for (const id of serviceIds) if (!found.has(id)) throw notFound('service', id);
}

/**
 * Adds alerts to an open incident; their services count as affected, and the incident was detected when the first of
 * its alerts was seen: that changes figures, never a clock that runs. `why` is a sentence of each, when no person
 * adds them.
 */
export async function addAlerts(
  ctx: Ctx,
  incidentId: string,
  alertIds: readonly string[],
  why: string | null = null,
): Promise<Incident> {
  const whyOf = new Map(why === null ? [] : alertIds.map((id) => [id, why]));
  const alerts = await linkAlertsToIncident(ctx, alertIds, incidentId, whyOf);
  const serviceIds = [...new Set(alerts.flatMap((alert) => alert.serviceId ?? []))];
  await record(ctx, incidentId, (incident) => {
    if (!isOpen(incident.state)) throw conflict(`${incident.reference} is ${incident.state}; reopen it to add alerts.`);
    const { text: earlier, ...times } = seenEarlier(incident, alerts);
    const added = `Added: ${alerts.map((alert) => alert.title).join(', ')}.`;
    return [
      {
        type: 'alerts',
        data: { alertIds: [...alertIds], serviceIds, ...times },
        text:
          why === null && earlier === undefined ? added.slice(0, -1) : [added, why, earlier].filter(Boolean).join(' '),
      },
    ];
  });
  await audit(ctx, { action: 'incident.link-alerts', subjectId: incidentId, detail: { alertIds: [...alertIds] } });
  return await readIncident(ctx, incidentId);
}

type Seen = { readonly text?: string; readonly detectedAt?: string; readonly impactStartedAt?: string };

/** What moves when one of the alerts was seen before the incident was detected; an impact does not begin after that. */
function seenEarlier(incident: Incident, alerts: readonly Alert[]): Seen {
  const [first] = alerts.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
  if (!first || first.firstSeenAt >= incident.detectedAt) return {};
  const detectedAt = first.firstSeenAt.toISOString();
  const text = `So it was detected at ${detectedAt}, by “${first.title}”, not at ${incident.detectedAt.toISOString()}.`;
  if (incident.impactStartedAt <= first.firstSeenAt) return { text, detectedAt };
  return {
    text: `${text} Impact started at ${first.beganAt.toISOString()}.`,
    detectedAt,
    impactStartedAt: first.beganAt.toISOString(),
  };
}
