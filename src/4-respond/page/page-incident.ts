import { listMembers, readWorkspace } from '#access';
import { appendEntry, assignRole, holderOf, type Incident, levelOf, recordEffect, type SeverityLevel } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { EscalationPolicy, PolicyDocument } from '../escalation/policy.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { startOf } from '../escalation/timing.ts';
import { readReach } from '../reach/read-reach.ts';
import { clockTime } from './clock-time.ts';
import { openPage } from './open-page.ts';
import { LIVE_STATES, type Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { findNotices, findPages, linkPages, movePage } from './store.ts';

/**
 * Pages for an incident by its severity, only those whom no page of the same trouble has reached: the pages of its alerts
 * go on as pages of the incident, and their acknowledgements count. Safe to call again after a raise.
 */
export async function pageForIncident(ctx: Ctx, incident: Incident, alertIds: readonly string[]): Promise<void> {
  await carryOver(ctx, incident, await linkPages(ctx, alertIds, incident.id));
  const running = (await findPages(ctx, { incidentId: incident.id, states: LIVE_STATES })).filter(
    ({ cause }) => cause !== 'role-vacancy',
  );
  const level = await levelOf(ctx, incident);
  const { businessHours, timeZone } = await readWorkspace(ctx);
  const timing = incident.state === 'suspected' ? 'now' : level.page;
  const startsAt = startOf(timing, businessHours, timeZone, ctx.now);
  if (startsAt === null) {
    if (running.length === 0) await effect(ctx, incident, 'skipped', `${level.severity} pages nobody.`);
    return;
  }
  if (timing === 'now') await releaseHeld(ctx, running);
  const opened = await pageTheRest(ctx, incident, level, startsAt, running);
  if (opened.some(({ state }) => state === 'held')) {
    await effect(
      ctx,
      incident,
      'pending',
      `Held until business hours: goes out ${clockTime(startsAt, timeZone, ctx.now)}.`,
    );
  } else if (opened.length === 0) await tellCovered(ctx, incident, running);
}

async function pageTheRest(
  ctx: Ctx,
  incident: Incident,
  level: SeverityLevel,
  startsAt: Date,
  running: readonly Page[],
): Promise<Page[]> {
  const reached = await reachedBy(ctx, running);
  const opened: Page[] = [];
  const open = async (policy: EscalationPolicy, document: PolicyDocument, serviceId: string | null) => {
    const page = await openPage(ctx, {
      title: incident.title,
      cause: 'incident',
      urgency: level.page === 'business-hours' && incident.state !== 'suspected' ? 'low' : 'high',
      severity: incident.severity,
      drill: incident.kind === 'drill',
      alertId: null,
      incidentId: incident.id,
      serviceId,
      policy,
      document,
      startsAt,
    });
    opened.push(page);
    for (const { userId } of await findNotices(ctx, [page.id])) reached.add(userId);
  };
  for (const { policy, serviceId } of await policiesOf(ctx, incident)) {
    const carried = running.length > 0 || opened.length > 0;
    if (!carried) await open(policy, { steps: policy.steps, repeatCount: policy.repeatCount }, serviceId);
    else await openFor(policy, policy.steps[0]?.userIds ?? [], serviceId);
  }
  if (level.allHands && incident.state !== 'suspected') {
    const everybody = (await listMembers(ctx)).filter(({ active, role }) => active && role !== 'viewer');
    const [first] = await policiesOf(ctx, incident);
    if (first)
      await openFor(
        { ...first.policy, name: 'All hands' },
        everybody.map(({ id }) => id),
        first.serviceId,
      );
  }
  return opened;

  /** One step for those who were not reached and can be; nobody is put in their place. */
  async function openFor(policy: EscalationPolicy, userIds: readonly string[], serviceId: string | null) {
    const missing = userIds.filter((userId) => !reached.has(userId));
    const reach = await readReach(ctx, missing, 'high');
    const others = missing.filter((userId) => reach.get(userId)?.unreachable === null);
    const delaySeconds = policy.steps[0]?.delaySeconds ?? 300;
    if (others.length > 0)
      await open(policy, { steps: [{ userIds: others, delaySeconds }], repeatCount: 0 }, serviceId);
  }
}

/** Everybody whom the pages have asked, or will ask first once they are not held any more. */
async function reachedBy(ctx: Ctx, running: readonly Page[]): Promise<Set<string>> {
  const notices = await findNotices(
    ctx,
    running.map(({ id }) => id),
  );
  const waiting = running.filter(({ step }) => step < 0).flatMap(({ document }) => document.steps[0]?.userIds ?? []);
  return new Set([...notices.map(({ userId }) => userId), ...waiting]);
}

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

/** Raised to a level that pages at once: what waits for business hours goes out now. */
async function releaseHeld(ctx: Ctx, running: readonly Page[]): Promise<void> {
  const held = running.filter(({ state }) => state === 'held');
  for (const { id } of held)
    await movePage(ctx, id, ['held'], { startsAt: ctx.now, nextStepAt: ctx.now, urgency: 'high' });
  if (held.length > 0) await ctx.wake(PAGE_CLOCK, ctx.now);
}

/** What the pages of its alerts did already belongs to the incident's record; whoever acknowledged leads it. */
async function carryOver(ctx: Ctx, incident: Incident, linked: readonly Page[]): Promise<void> {
  const names = new Map((await listMembers(ctx)).map(({ id, name }) => [id, name]));
  for (const page of linked) {
    const notices = (await findNotices(ctx, [page.id])).filter(({ state }) => state === 'queued');
    const first = new Map(notices.toReversed().map((notice) => [notice.userId, notice]));
    for (const { userId, dueAt } of first.values()) {
      await appendEntry(ctx, incident.id, {
        type: 'page',
        text: `${names.get(userId) ?? 'Somebody'} was paged for the alert.`,
        data: { pageId: page.id, userIds: [userId] },
        occurredAt: dueAt,
        idempotencyKey: `page:${page.id}:${userId}`,
      });
    }
    if (page.acknowledgedBy === null) continue;
    await appendEntry(ctx, incident.id, {
      type: 'page-acknowledged',
      text: `${names.get(page.acknowledgedBy) ?? 'Somebody'} acknowledged the page.`,
      data: { pageId: page.id, userId: page.acknowledgedBy },
      ...(page.acknowledgedAt ? { occurredAt: page.acknowledgedAt } : {}),
      idempotencyKey: `acknowledged:${page.id}`,
    });
    if ((await holderOf(ctx, incident.id, 'incident-commander')) === null) {
      await assignRole(ctx, incident.id, 'incident-commander', page.acknowledgedBy);
    }
  }
}

async function tellCovered(ctx: Ctx, incident: Incident, running: readonly Page[]): Promise<void> {
  const names = new Map((await listMembers(ctx)).map(({ id, name }) => [id, name]));
  const notices = await findNotices(
    ctx,
    running.map(({ id }) => id),
  );
  const people = [...new Set(notices.map(({ userId }) => names.get(userId) ?? 'somebody'))];
  const held = running.every(({ state }) => state === 'held');
  if (held) return;
  await effect(
    ctx,
    incident,
    'done',
    people.length === 0
      ? 'Nobody else to page.'
      : `${people.join(', ')} had been paged for the alert; nobody is paged twice.`,
  );
}

function effect(ctx: Ctx, incident: Incident, state: 'pending' | 'done' | 'skipped', detail: string): Promise<void> {
  return recordEffect(ctx, incident.id, { effect: 'page', state, detail });
}
