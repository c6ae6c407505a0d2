import { type PromiseRow, readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { documentOf, stepOf } from '../escalation/policy.ts';
import { nextPosition } from '../escalation/steps.ts';
import { remindedPeople } from '../notice/reminded-people.ts';
import { openPage } from './open-page.ts';
import { ASKING_STATES, type Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findPages, movePage } from './store.ts';

const WAIT_SECONDS = 300;

/**
 * An incident without a commander for too long: the backup is paged, one after another; whoever acknowledges leads. While
 * a page of the incident is still asking, its own next step is the backup, and nobody is paged by two pages.
 */
export async function pageForVacancy(ctx: Ctx, promise: PromiseRow): Promise<void> {
  if (promise.incidentId === null) return;
  const incident = await readIncident(ctx, promise.incidentId);
  const asking = await findPages(ctx, { incidentId: incident.id, states: ASKING_STATES });
  const [first] = asking;
  if (first) return hastenBackup(ctx, first);
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
    document: documentOf(people.map((userId) => stepOf([userId], WAIT_SECONDS))),
    startsAt: ctx.now,
  });
}

async function hastenBackup(ctx: Ctx, page: Page): Promise<void> {
  const next = nextPosition(page.document, page);
  if (page.state !== 'open' || page.step !== 0 || next === null || next.cycle > 0) return;
  if (await movePage(ctx, page.id, ['open'], { nextStepAt: ctx.now })) await ctx.wake(PAGE_CLOCK, ctx.now);
}
