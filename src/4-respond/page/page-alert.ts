import { type Alert, readAlert, readGroupSize, respondersOf, type ReturnReason, urgencyOf } from '#detect';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { escalatePage } from './escalate-page.ts';
import { findResponders } from './named-responders.ts';
import { openPage } from './open-page.ts';
import { ASKING_STATES, LIVE_STATES, type Page } from './page.ts';
import { endNews } from './page-news.ts';
import { startPage } from './start-page.ts';
import { endPage, stopPage } from './stop-pages.ts';
import { findPages, movePage } from './store.ts';

/** Starts the page of an alert that asks somebody and has none yet. */
export async function pageForAlert(ctx: Ctx, { id }: Pick<Alert, 'id'>): Promise<void> {
  // Read again: an earlier stage may have added it to an incident since it was told.
  const alert = await readAlert(ctx, id);
  // It is told a moment after it is stored, later when a node died in between: somebody may have answered it by then.
  if (alert.state !== 'open') return;
  const urgency = urgencyOf(alert);
  if (urgency === 'none') return;
  const running = await findPages(ctx, { alertId: alert.id, states: LIVE_STATES });
  if (running.length === 0) await begin(ctx, alert, urgency);
}

const ENDS: Record<ReturnReason, string> = {
  unacknowledged: 'the acknowledgement was taken back',
  'snooze-over': 'the snooze is over',
  graver: 'it got graver',
  reassigned: 'it was given to somebody else',
  'mute-over': 'its mute is over',
  'maintenance-over': 'the maintenance is over and this is not',
  'upstream-over': 'what it depends on has recovered and this has not',
  storm: 'it became part of a storm',
  'hold-over': 'it was not over after its hold',
  'nobody-looked': 'nobody has looked at it',
};

/** It got graver: an open one that pages louder now is paged for anew, one that paged nobody is paged for. */
export async function pageGraverAlert(ctx: Ctx, alert: Alert): Promise<void> {
  if (alert.state !== 'open') return;
  const running = await findPages(ctx, { alertId: alert.id, states: LIVE_STATES });
  const louder = urgencyOf(alert) === 'high' && running.every(({ urgency }) => urgency === 'low');
  if (running.length === 0) await pageForAlert(ctx, alert);
  else if (louder && alert.incidentId === null) await pageAlertAnew(ctx, alert, 'graver');
}

/** It asks again: what was paged for it before ends, and paging begins from the first step. */
export async function pageAlertAnew(ctx: Ctx, alert: Alert, why: ReturnReason): Promise<void> {
  for (const page of await findPages(ctx, { alertId: alert.id, states: LIVE_STATES }))
    await endPage(ctx, page, ENDS[why]);
  await pageForAlert(ctx, alert);
}

const MUTED = endNews('muted', 'Somebody muted the alert. Nobody will be paged for it until the mute ends.');

const EXPLAINED = endNews(
  'something that it depends on is down',
  'Something that it depends on is down and has an alert of its own. You are asked again only if this does not recover with it.',
);

const GROUPED = { what: 'it is part of a group that has a page of its own' };
const QUIETED = { muted: MUTED, upstream: EXPLAINED, grouped: GROUPED };

/** It asks nobody any more: what pages for it ends. Those who were asked hear why, but of a group, which has a page of its own. */
export async function quietenAlertPages(ctx: Ctx, alert: Alert, why: keyof typeof QUIETED): Promise<void> {
  const end = QUIETED[why];
  for (const page of await findPages(ctx, { alertId: alert.id, states: ASKING_STATES }))
    if (page.incidentId === null) await stopPage(ctx, page, end);
}

/** Another alert asks for the group: the pages go on as its own, and nobody is asked anew. */
export async function handPagesToLead(ctx: Ctx, from: Alert, to: Alert): Promise<void> {
  const pages = await findPages(ctx, { alertId: from.id, states: LIVE_STATES });
  for (const { id } of pages) await movePage(ctx, id, LIVE_STATES, { alertId: to.id });
  if (pages.length === 0 && to.state === 'open') await pageForAlert(ctx, to);
}

/** Asks the next people now: the next step of its page, or the steps that an acknowledgement spared. */
export async function escalateAlertPage(ctx: Ctx, alert: Alert): Promise<void> {
  const pages = await findPages(ctx, { alertId: alert.id, states: LIVE_STATES });
  const asking = pages.find(({ state }) => state !== 'acknowledged');
  if (asking) return void (await escalatePage(ctx, asking.id));
  const [answered] = pages;
  if (answered) return await askTheRest(ctx, answered);
  await begin(ctx, alert, 'high');
}

async function askTheRest(ctx: Ctx, page: Page): Promise<void> {
  const steps = page.document.steps.slice(page.step + 1);
  if (steps.length === 0)
    throw conflict('Everybody in the escalation policy has been asked. Give the alert to somebody by name.');
  const { title, cause, urgency, severity, drill, alertId, incidentId, serviceId } = page;
  const about = { title, cause, urgency, severity, drill, alertId, incidentId, serviceId };
  await openPage(ctx, {
    ...about,
    policy: { id: page.policyId, version: page.policyVersion, name: page.policyName },
    document: { ...page.document, steps, repeatCount: 0 },
    startsAt: ctx.now,
  });
}

/** Of a storm the page names its size first; a group is told in the words of its lead. */
async function titleOf(ctx: Ctx, { groupId, title }: Alert): Promise<string> {
  const size = groupId === null ? null : await readGroupSize(ctx, groupId);
  return size?.group.kind === 'storm' ? `Alert storm: ${size.open} alerts so far, “${title}” among them` : title;
}

/** A route that names an escalation policy, or somebody to whom it was given, decides instead of its sender. */
async function namedBySender(ctx: Ctx, alert: Alert) {
  if (alert.assigneeId !== null || (alert.routeId !== null && alert.policyId !== null)) return null;
  return await findResponders(ctx, respondersOf(alert));
}

async function begin(ctx: Ctx, alert: Alert, urgency: 'high' | 'low'): Promise<void> {
  const named = await namedBySender(ctx, alert);
  await startPage(ctx, {
    askFirst:
      named === null ? undefined : { targets: named.targets, name: `its sender asks for ${named.names.join(', ')}` },
    alertId: alert.id,
    incidentId: alert.incidentId,
    serviceId: alert.serviceId,
    policyId: named?.policy?.id ?? alert.policyId,
    assigneeId: alert.assigneeId,
    urgency,
    title: await titleOf(ctx, alert),
    drill: alert.drill,
  });
}
