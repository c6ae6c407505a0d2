import { readIncident } from '#declare';
import { type Alert, type GroupSummary, listAlertsOfIncident, readAlerts, readGroup } from '#detect';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { People } from '../reach/people.ts';
import { isUnchecked } from './await-check.ts';
import { foreseeSteps } from './next-step.ts';
import type { Page } from './page.ts';
import { isQuiet, type NoticeRow } from './store.ts';

/** Everything that a message or the phone's page says about a page, read at one moment. */
export type PageStory = {
  readonly page: Page;
  readonly alert: Alert | null;
  readonly incident: {
    readonly id: string;
    readonly reference: string;
    readonly severity: string;
    readonly detectedAt: Date;
    /** Who leads it; null = nobody yet. */
    readonly commanderId: string | null;
  } | null;
  /** The other alerts that ask through this page; null when it asks for one alone. */
  readonly group: GroupSummary | null;
  /** Nothing of ours has looked at its monitor for a while, so nobody knows whether it is still true. */
  readonly unchecked: boolean;
  readonly serviceName: string | null;
  readonly nameOf: (userId: string | null) => string;
  /** Who has been asked so far, oldest first. */
  readonly askedUserIds: readonly string[];
  /** What happens when nobody acknowledges; null = nothing more. */
  readonly next: { readonly at: Date; readonly userIds: readonly string[]; readonly again: boolean } | null;
};

export async function readPageStory(
  ctx: Ctx,
  page: Page,
  people: People,
  notices: readonly NoticeRow[],
): Promise<PageStory> {
  const [service] = page.serviceId === null ? [] : await readServices(ctx, [page.serviceId]);
  const asked = notices.filter((notice) => notice.state !== 'cancelled' && !isQuiet(notice, ctx.now));
  const alert = await alertOf(ctx, page);
  const group = alert?.groupId ? await readGroup(ctx, alert.groupId) : null;
  return {
    page,
    alert,
    group: group !== null && group.count > 1 ? group : null,
    incident: page.incidentId === null ? null : await incidentOf(ctx, page.incidentId),
    unchecked: alert !== null && (await isUnchecked(ctx, alert)),
    serviceName: service?.name ?? null,
    nameOf: people.nameOf,
    askedUserIds: [...new Set(asked.map(({ userId }) => userId))],
    next: await whatFollows(ctx, page, people),
  };
}

async function incidentOf(ctx: Ctx, incidentId: string): Promise<PageStory['incident']> {
  const { id, reference, severity, detectedAt, roles } = await readIncident(ctx, incidentId);
  return { id, reference, severity, detectedAt, commanderId: roles['incident-commander'] ?? null };
}

/** The alert that it is about; of an incident, the earliest one that was linked. */
async function alertOf(ctx: Ctx, page: Page): Promise<Alert | null> {
  if (page.alertId !== null) return (await readAlerts(ctx, [page.alertId]))[0] ?? null;
  return page.incidentId === null ? null : ((await listAlertsOfIncident(ctx, page.incidentId))[0] ?? null);
}

async function whatFollows(ctx: Ctx, page: Page, people: People): Promise<PageStory['next']> {
  if (page.state !== 'open' || page.nextStepAt === null) return null;
  const next = (await foreseeSteps(ctx, [page], people)).get(page.id);
  return next ? { at: page.nextStepAt, userIds: next.userIds, again: next.position.cycle > page.cycle } : null;
}
