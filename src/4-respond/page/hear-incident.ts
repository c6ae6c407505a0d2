import {
  type Incident,
  incidentAccepted,
  incidentDeclared,
  incidentStateChanged,
  roleChanged,
  severityChanged,
  timelineAppended,
} from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { isRaised, readIncident } from '#declare';
import { readPeople } from '../reach/people.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { carryOver } from './carry-over.ts';
import { wasBefore } from './just-paged.ts';
import { ASKING_STATES, drillMark, LIVE_STATES } from './page.ts';
import { endNews, type PageNews } from './page-news.ts';
import { pageAnew, pageForIncident } from './page-incident.ts';
import { renewAcknowledgement } from './renew-acknowledgement.ts';
import { stopAsking, stopPage } from './stop-pages.ts';
import { findNotices, findPages, linkPages } from './store.ts';
import { tellPaged } from './tell-paged.ts';

export const hearIncidents = [
  on(incidentDeclared, async (ctx, { incident, alertIds }) => {
    await pageForIncident(ctx, incident, alertIds);
    if (incident.state === 'suspected') await askWhetherSuspicionHolds(ctx, incident);
  }),
  on(incidentAccepted, async (ctx, { incident }) => pageForIncident(ctx, incident, [])),
  on(severityChanged, async (ctx, { incident, from, to }) => {
    if (isRaised(from, to)) await pageForIncident(ctx, incident, []);
  }),
  on(incidentStateChanged, async (ctx, { incident, from, to }) => {
    const news = newsOf(to);
    if (news) return endPages(ctx, incident.id, news);
    const reopened = to === 'active' && from !== 'suspected';
    if (reopened && incident.roles['incident-commander'] === undefined) await pageAnew(ctx, incident);
  }),
  on(timelineAppended, async (ctx, { incidentId, entry }) => {
    if (entry.type === 'alerts') await adoptPages(ctx, incidentId, entry.data['alertIds']);
    await renewAcknowledgements(ctx, incidentId);
  }),
  on(roleChanged, async (ctx, { incidentId, role, userId }) => {
    if (role !== 'incident-commander' || userId === null) return;
    const pages = await findPages(ctx, { incidentId, states: ASKING_STATES });
    for (const page of pages.filter(({ cause }) => cause === 'role-vacancy')) {
      await stopPage(ctx, page, { what: 'the incident has a commander' });
    }
  }),
];

/**
 * Mitigated, nobody is asked any more, and whoever is on it stays on it. Over, every page ends, and those that ended when it
 * was mitigated hear of the end as well.
 */
async function endPages(ctx: Ctx, incidentId: string, news: PageNews): Promise<void> {
  for (const page of await findPages(ctx, { incidentId })) {
    const isLive = LIVE_STATES.some((state) => state === page.state);
    if (news.what === 'mitigated') {
      if (isLive) await stopAsking(ctx, page, news);
    } else if (isLive) await stopPage(ctx, page, news);
    else if (page.stopReason === 'mitigated' && news.what === 'resolved') await tellPaged(ctx, page, news);
  }
}

/** Alerts that were added later bring their pages along, as those do that were there when it was declared. */
async function adoptPages(ctx: Ctx, incidentId: string, alertIds: unknown): Promise<void> {
  if (!Array.isArray(alertIds)) return;
  const linked = await linkPages(ctx, alertIds.map(String), incidentId);
  if (linked.length > 0) await carryOver(ctx, await readIncident(ctx, incidentId), linked, await readPeople(ctx));
}

/** Whoever acknowledged and works on the incident has not fallen asleep. */
async function renewAcknowledgements(ctx: Ctx, incidentId: string): Promise<void> {
  const userId = actorUserId(ctx.actor);
  if (userId === null) return;
  for (const page of await findPages(ctx, { incidentId, state: 'acknowledged' }))
    if (page.acknowledgedBy === userId && page.nextStepAt !== null) await renewAcknowledgement(ctx, page);
}

/** What people who were paged hear when the incident moves; null when it goes on. */
function newsOf(to: Incident['state']): PageNews | null {
  switch (to) {
    case 'mitigated':
      return endNews('mitigated', 'Service is restored and is being watched. Nobody else will be paged.');
    case 'resolved':
      return endNews('resolved', 'The incident is over. Thank you.');
    case 'declined':
      return endNews('false-alarm', 'Somebody looked and found no incident. You need to do nothing.');
    case 'closed':
      return endNews('closed', 'The incident is closed.');
    case 'active':
    case 'suspected':
      return null;
  }
}

async function askWhetherSuspicionHolds(ctx: Ctx, incident: Incident): Promise<void> {
  const pages = await findPages(ctx, { incidentId: incident.id });
  const notices = await findNotices(
    ctx,
    pages.map(({ id }) => id),
  );
  for (const userId of new Set(notices.filter(wasBefore(ctx.now)).map((notice) => notice.userId))) {
    await notifyUser(ctx, userId, {
      subject: `${drillMark(incident.kind === 'drill')}Suspected incident ${incident.reference}: ${incident.title}`,
      text: 'Nobody decided for fifteen minutes, so Allclear opened a suspected incident. Accept it, or say that it is a false alarm.',
      url: `/incidents/${incident.id}`,
      incidentId: incident.id,
      uniqueKey: `suspected:${incident.id}`,
      urgency: 'high',
    });
  }
}
