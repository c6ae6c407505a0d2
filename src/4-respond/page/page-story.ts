import { listMembers, readWorkspace } from '#access';
import { readIncident } from '#declare';
import { type Alert, listAlertsOfIncident, readAlerts } from '#detect';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { beginNext } from '../escalation/steps.ts';
import { fallbackPeople, readReach } from '../reach/read-reach.ts';
import type { Page } from './page.ts';
import { findNotices } from './store.ts';

/** Everything that a message or the phone's page says about a page, read at one moment. */
export type PageStory = {
  readonly page: Page;
  readonly alert: Alert | null;
  readonly incident: {
    readonly id: string;
    readonly reference: string;
    readonly severity: string;
    readonly detectedAt: Date;
  } | null;
  readonly serviceName: string | null;
  readonly names: ReadonlyMap<string, string>;
  /** The workspace's zone, for people who have set none. */
  readonly timeZone: string;
  /** Who has been asked so far, oldest first. */
  readonly askedUserIds: readonly string[];
  /** What happens when nobody acknowledges; null = nothing more. */
  readonly next: { readonly at: Date; readonly userIds: readonly string[]; readonly again: boolean } | null;
};

export async function readPageStory(ctx: Ctx, page: Page): Promise<PageStory> {
  const alert = await alertOf(ctx, page);
  const [service] = page.serviceId === null ? [] : await readServices(ctx, [page.serviceId]);
  const members = await listMembers(ctx);
  const notices = await findNotices(ctx, [page.id]);
  const asked = notices.filter(({ state }) => state !== 'cancelled');
  return {
    page,
    alert,
    incident: page.incidentId === null ? null : await readIncident(ctx, page.incidentId),
    serviceName: service?.name ?? null,
    names: new Map(members.map(({ id, name }) => [id, name])),
    timeZone: (await readWorkspace(ctx)).timeZone,
    askedUserIds: [...new Set(asked.map(({ userId }) => userId))],
    next: await whatFollows(ctx, page),
  };
}

/** The alert that it is about; of an incident, the earliest one that was linked. */
async function alertOf(ctx: Ctx, page: Page): Promise<Alert | null> {
  if (page.alertId !== null) return (await readAlerts(ctx, [page.alertId]))[0] ?? null;
  return page.incidentId === null ? null : ((await listAlertsOfIncident(ctx, page.incidentId))[0] ?? null);
}

async function whatFollows(ctx: Ctx, page: Page): Promise<PageStory['next']> {
  if (page.state !== 'open' || page.nextStepAt === null) return null;
  const fallback = await fallbackPeople(ctx);
  const reach = await readReach(
    ctx,
    [...page.document.steps.flatMap(({ userIds }) => userIds), ...fallback],
    page.urgency,
  );
  const next = beginNext(page.document, page, (userId) => reach.get(userId)?.unreachable === null, fallback);
  return next && { at: page.nextStepAt, userIds: next.userIds, again: next.position.cycle > page.cycle };
}
