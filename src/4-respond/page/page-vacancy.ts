import { type PromiseRow, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { remindedPeople } from '../notice/reminded-people.ts';
import { openPage } from './open-page.ts';
import { LIVE_STATES } from './page.ts';
import { findPages } from './store.ts';

const WAIT_SECONDS = 300;

/** An incident without a commander for too long: the backup is paged, one after another; whoever acknowledges leads. */
export async function pageForVacancy(ctx: Ctx, promise: PromiseRow): Promise<void> {
  if (promise.incidentId === null) return;
  const incident = await readIncident(ctx, promise.incidentId);
  const running = await findPages(ctx, { incidentId: incident.id, states: LIVE_STATES });
  if (running.some(({ cause, state }) => cause === 'role-vacancy' && state !== 'acknowledged')) return;
  const people = await remindedPeople(ctx, incident, 'incident-commander');
  if (people.length === 0) return;
  await openPage(ctx, {
    title: `${incident.reference} has no incident commander: ${incident.title}`,
    cause: 'role-vacancy',
    urgency: 'high',
    severity: incident.severity,
    drill: incident.kind === 'drill',
    alertId: null,
    incidentId: incident.id,
    serviceId: incident.serviceIds[0] ?? null,
    policy: { id: null, version: null, name: 'Backup for the incident commander' },
    document: { steps: people.map((userId) => ({ userIds: [userId], delaySeconds: WAIT_SECONDS })), repeatCount: 0 },
    startsAt: ctx.now,
  });
}
