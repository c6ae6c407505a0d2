import { closuresBetween, readWorkspace } from '#access';
import { type Incident, levelOf, recordEffect, type SeverityLevel } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import {
  documentOf,
  type EscalationPolicy,
  pinned,
  type PolicyDocument,
  stepOf,
  targetsOf,
} from '../escalation/policy.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { readRoster, readSituation } from '../escalation/roster.ts';
import { beginNext, NOT_BEGUN } from '../escalation/steps.ts';
import { sayClosed, startOf } from '../escalation/timing.ts';
import { canReach, type People, readPeople } from '../reach/people.ts';
import { carryOver } from './carry-over.ts';
import { clockTime } from './clock-time.ts';
import { openPage } from './open-page.ts';
import { ASKING_STATES, LIVE_STATES, type Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findNotices, findPages, isQuiet, linkPages, movePage } from './store.ts';
import { endPage } from './stop-pages.ts';

/**
 * Pages for an incident by its severity, only those whom no page of the same trouble has reached: the pages of its alerts
 * go on as pages of the incident, and their acknowledgements count. Safe to call again after a raise.
 */
export async function pageForIncident(ctx: Ctx, incident: Incident, alertIds: readonly string[]): Promise<void> {
  const people = await readPeople(ctx);
  await carryOver(ctx, incident, await linkPages(ctx, alertIds, incident.id), people);
  await pageBeyond(ctx, incident, await findPages(ctx, { incidentId: incident.id, states: LIVE_STATES }), people);
}

/** It is back and nobody leads it: who answered the last time may be gone, so only pages that still ask count. */
export async function pageAnew(ctx: Ctx, incident: Incident): Promise<void> {
  const asking = await findPages(ctx, { incidentId: incident.id, states: ASKING_STATES });
  await pageBeyond(ctx, incident, asking, await readPeople(ctx));
}

async function pageBeyond(ctx: Ctx, incident: Incident, pages: readonly Page[], people: People): Promise<void> {
  const going = pages.filter(({ cause }) => cause !== 'role-vacancy');
  const level = await levelOf(ctx, incident);
  const workspace = await readWorkspace(ctx);
  const timing = incident.state === 'suspected' ? 'now' : level.page;
  const startsAt = startOf(timing, workspace, ctx.now);
  const running = timing === 'now' ? await endAsleep(ctx, going) : going;
  if (startsAt === null) {
    if (running.length === 0) await effect(ctx, incident, 'skipped', `${level.severity} pages nobody.`);
    return;
  }
  if (timing === 'now') await releaseHeld(ctx, running);
  const opened = await pageTheRest(ctx, incident, level, startsAt, running, people);
  if (opened.some(({ state }) => state === 'held')) {
    const when = clockTime(startsAt, workspace.timeZone, ctx.now);
    const closed = sayClosed(closuresBetween(workspace, ctx.now, startsAt));
    await effect(ctx, incident, 'pending', `Held until business hours: goes out ${when}${closed}.`);
  } else if (opened.length === 0) await tellCovered(ctx, incident, running, people);
}

/** The full policy when nothing pages yet; otherwise one step for those who should know and were not reached. */
async function pageTheRest(
  ctx: Ctx,
  incident: Incident,
  level: SeverityLevel,
  startsAt: Date,
  running: readonly Page[],
  people: People,
): Promise<Page[]> {
  const reached = await reachedBy(ctx, running, people);
  const opened: Page[] = [];
  const open = async (policy: EscalationPolicy, document: PolicyDocument, serviceId: string | null) => {
    const page = await openPage(ctx, { ...pageOf(incident, level, startsAt), serviceId, policy, document });
    opened.push(page);
    for (const userId of await reachedBy(ctx, [page], people)) reached.add(userId);
  };
  const openFor = async (policy: EscalationPolicy, userIds: readonly string[], serviceId: string | null) => {
    // Nobody is put in the place of those who cannot be reached: the policy itself does that.
    const missing = userIds.filter((userId) => !reached.has(userId) && canReach(people, 'high')(userId));
    const step = stepOf(missing, policy.steps[0]?.delaySeconds ?? 300);
    if (missing.length > 0) await open(policy, documentOf([step]), serviceId);
  };
  const { urgency } = pageOf(incident, level, startsAt);
  const askedFirst = (policy: EscalationPolicy) =>
    firstAsked(ctx, { policyId: policy.id, document: policy, urgency }, startsAt, people);
  const policies = await policiesOf(ctx, incident);
  for (const { policy, serviceId } of policies) {
    if (running.length + opened.length > 0) await openFor(policy, await askedFirst(policy), serviceId);
    else await open(policy, pinned(policy), serviceId);
  }
  const [first] = policies;
  if (first && level.allHands && incident.state !== 'suspected') {
    await openFor({ ...first.policy, name: 'All hands' }, people.responders, first.serviceId);
  }
  return opened;
}

function pageOf(incident: Incident, level: SeverityLevel, startsAt: Date) {
  return {
    title: incident.title,
    cause: 'incident',
    urgency: level.page === 'business-hours' && incident.state !== 'suspected' ? 'low' : 'high',
    severity: incident.severity,
    drill: incident.kind === 'drill',
    alertId: null,
    incidentId: incident.id,
    startsAt,
  } as const;
}

/** Everybody whom the pages have asked, or will ask first once they are not held any more. */
async function reachedBy(ctx: Ctx, running: readonly Page[], people: People): Promise<Set<string>> {
  const ids = running.map(({ id }) => id);
  const told = (await findNotices(ctx, ids)).filter((notice) => !isQuiet(notice, ctx.now));
  const asked = told.map(({ userId }) => userId);
  const reached = new Set(asked);
  for (const page of running.filter(({ step }) => step < 0)) {
    for (const userId of await firstAsked(ctx, page, page.startsAt, people)) reached.add(userId);
  }
  return reached;
}

/** Whom the first step that asks anybody would ask at an instant; nobody in the place of those who cannot be reached. */
async function firstAsked(ctx: Ctx, of: PinnedPolicy, at: Date, people: People): Promise<readonly string[]> {
  const roster = await readRoster(ctx, targetsOf(of.document), at);
  const first = beginNext(of.document, NOT_BEGUN, await readSituation(ctx, of, roster, people));
  return first?.via === 'policy' ? first.userIds : [];
}

type PinnedPolicy = {
  readonly policyId: string | null;
  readonly document: PolicyDocument;
  readonly urgency: Urgency;
};

/** The escalation policies of the incident's services, each once. */
async function policiesOf(ctx: Ctx, incident: Incident) {
  const serviceIds: readonly (string | null)[] = incident.serviceIds.length > 0 ? incident.serviceIds : [null];
  const found = new Map<string, { policy: EscalationPolicy; serviceId: string | null }>();
  for (const serviceId of serviceIds) {
    const policy = await policyFor(ctx, serviceId);
    if (!found.has(policy.id)) found.set(policy.id, { policy, serviceId });
  }
  return [...found.values()];
}

/** A page of low urgency that has told nobody, because of quiet hours, makes room for one that waits for nobody. */
async function endAsleep(ctx: Ctx, running: readonly Page[]): Promise<Page[]> {
  const low = running.filter(({ state, urgency }) => state === 'open' && urgency === 'low');
  const notices = await findNotices(
    ctx,
    low.map(({ id }) => id),
  );
  const asleep = low.filter(({ id }) => {
    const own = notices.filter(({ pageId, state }) => pageId === id && state !== 'cancelled');
    return own.length > 0 && own.every((notice) => isQuiet(notice, ctx.now));
  });
  for (const page of asleep) await endPage(ctx, page, 'it got graver');
  return running.filter((page) => !asleep.includes(page));
}

/** Raised to a level that pages at once: what waits for business hours goes out now. */
async function releaseHeld(ctx: Ctx, running: readonly Page[]): Promise<void> {
  const held = running.filter(({ state }) => state === 'held');
  const now = { startsAt: ctx.now, nextStepAt: ctx.now, urgency: 'high' } as const;
  for (const { id } of held) await movePage(ctx, id, ['held'], now);
  if (held.length > 0) await ctx.wake(PAGE_CLOCK, ctx.now);
}

async function tellCovered(ctx: Ctx, incident: Incident, running: readonly Page[], people: People): Promise<void> {
  if (running.every(({ state }) => state === 'held')) return;
  const names = [...(await reachedBy(ctx, running, people))].map((userId) => people.nameOf(userId)).join(', ');
  const covered = `${names} had been paged for the alert; nobody is paged twice.`;
  await effect(ctx, incident, 'done', names === '' ? 'Nobody else to page.' : covered);
}

function effect(ctx: Ctx, incident: Incident, state: 'pending' | 'done' | 'skipped', detail: string): Promise<void> {
  return recordEffect(ctx, incident.id, { effect: 'page', state, detail });
}
