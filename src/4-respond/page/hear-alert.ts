import {
  type Alert,
  alertAcknowledged,
  alertAcknowledgedElsewhere,
  alertAsksFor,
  alertClosed,
  alertEscalated,
  alertLedOn,
  alertOpened,
  alertQuieted,
  alertRecurred,
  alertReturned,
  alertUndeclared,
  readAlert,
} from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { readPeople } from '../reach/people.ts';
import { askToDeclare } from '../prompt/ask-to-declare.ts';
import { acknowledgePage } from './acknowledge-page.ts';
import { wasBefore } from './just-paged.ts';
import { pageAddedResponders } from './named-responders.ts';
import {
  escalateAlertPage,
  handPagesToLead,
  pageAlertAnew,
  pageForAlert,
  pageGraverAlert,
  quietenAlertPages,
} from './page-alert.ts';
import { ASKING_STATES, LIVE_STATES } from './page.ts';
import { endNews, type PageNews } from './page-news.ts';
import { stopPage } from './stop-pages.ts';
import { findNotices, findPages } from './store.ts';
import { tellPaged } from './tell-paged.ts';

type CloseReason = NonNullable<typeof alertClosed.payload>['reason'];

/** What people who were paged for an alert hear when it closes. */
function newsOf(reason: CloseReason): PageNews {
  switch (reason) {
    case 'recovered':
    case 'resolved':
      return endNews('recovered', 'It works again, by what the checks say. Nobody will be paged for it any more.');
    case 'by-hand':
      return endNews('closed', 'Somebody closed the alert. Nobody will be paged for it any more.');
    case 'quiet':
      return endNews(
        'quiet',
        'Its sender had nothing more to say, so Allclear closed the alert. Nobody will be paged for it any more.',
      );
    case 'dismissed':
    case 'false-alarm':
      return endNews('false-alarm', 'Somebody looked and found no incident. Nobody will be paged for it any more.');
  }
}

export const hearAlerts = [
  on(alertOpened, async (ctx, { alert }) => pageForAlert(ctx, alert)),
  on(alertRecurred, async (ctx, { alert, raisedFrom }) => {
    if (raisedFrom !== null) await pageGraverAlert(ctx, alert);
  }),
  on(alertAcknowledged, async (ctx, { alert, userId }) => {
    const pages = await findPages(ctx, { alertId: alert.id, states: ASKING_STATES });
    for (const { id } of pages) await acknowledgePage(ctx, id, userId, ctx.actor.channel);
  }),
  on(alertAcknowledgedElsewhere, async (ctx, { alert, sender }) => {
    const news = endNews(
      'acknowledged elsewhere',
      `Somebody has acknowledged it in ${sender}. Nobody will be paged for it any more.`,
    );
    const pages = await findPages(ctx, { alertId: alert.id, states: ASKING_STATES });
    // People who answer for a declared incident are its own: they are asked on.
    for (const page of pages) if (page.incidentId === null) await stopPage(ctx, page, news);
  }),
  on(alertClosed, async (ctx, { alert, reason }) => {
    const news = newsOf(reason);
    for (const page of await findPages(ctx, { alertId: alert.id, states: LIVE_STATES })) {
      // A declared incident still wants somebody, even when the symptom is gone.
      if (page.incidentId === null) await stopPage(ctx, page, news);
      else if (reason === 'recovered') await tellPaged(ctx, page, news);
    }
  }),
  on(alertReturned, async (ctx, { alert, why }) => pageAlertAnew(ctx, alert, why)),
  on(alertQuieted, async (ctx, { alert, why }) => quietenAlertPages(ctx, alert, why)),
  on(alertLedOn, async (ctx, { from, to }) => handPagesToLead(ctx, from, to)),
  on(alertAsksFor, async (ctx, { alert, responders }) => pageAddedResponders(ctx, alert, responders)),
  on(alertEscalated, async (ctx, { alert }) => escalateAlertPage(ctx, alert)),
  on(alertUndeclared, async (ctx, { alert: { id }, level, others }) => {
    if (level !== 'prompt') return;
    // Read again: an earlier stage may have put it into an incident since it was told.
    const alert = await readAlert(ctx, id);
    if (alert.incidentId === null) await askToDeclare(ctx, alert, others, await peopleToAsk(ctx, alert));
  }),
];

/** Five minutes without a decision: whoever is on it, else whoever was paged, is asked for one. */
async function peopleToAsk(ctx: Ctx, alert: Alert): Promise<string[]> {
  if (alert.acknowledgedBy) return [alert.acknowledgedBy];
  const pages = await findPages(ctx, { alertId: alert.id });
  const notices = await findNotices(
    ctx,
    pages.map(({ id }) => id),
  );
  const before = notices.filter(wasBefore(ctx.now));
  return before.length > 0
    ? [...new Set(before.map(({ userId }) => userId))]
    : (await readPeople(ctx)).responders.slice(0, 1);
}
