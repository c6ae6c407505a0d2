import { appendEntry, assignRole, holderOf, type Incident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { People } from '../reach/people.ts';
import type { Page } from './page.ts';
import { findNotices } from './store.ts';

/** What the pages of its alerts did already belongs to the incident's record; whoever acknowledged one leads. */
export async function carryOver(ctx: Ctx, incident: Incident, linked: readonly Page[], people: People): Promise<void> {
  for (const page of linked) {
    await recordPaged(ctx, incident, page, people);
    if (page.acknowledgedBy !== null) await recordAcknowledged(ctx, incident, page, page.acknowledgedBy, people);
  }
}

async function recordPaged(ctx: Ctx, incident: Incident, page: Page, people: People): Promise<void> {
  const notices = (await findNotices(ctx, [page.id])).filter(({ state }) => state === 'queued');
  const first = new Map(notices.toReversed().map((notice) => [notice.userId, notice]));
  for (const { userId, dueAt } of first.values()) {
    await appendEntry(ctx, incident.id, {
      type: 'page',
      text: `${people.nameOf(userId)} was paged for the alert.`,
      data: { pageId: page.id, userIds: [userId] },
      occurredAt: dueAt,
      idempotencyKey: `page:${page.id}:${userId}`,
    });
  }
}

async function recordAcknowledged(
  ctx: Ctx,
  incident: Incident,
  page: Page,
  userId: string,
  people: People,
): Promise<void> {
  await appendEntry(ctx, incident.id, {
    type: 'page-acknowledged',
    text: `${people.nameOf(userId)} acknowledged the page.`,
    data: { pageId: page.id, userId },
    occurredAt: page.acknowledgedAt ?? undefined,
    idempotencyKey: `acknowledged:${page.id}`,
  });
  if ((await holderOf(ctx, incident.id, 'incident-commander')) === null) {
    await assignRole(ctx, incident.id, 'incident-commander', userId);
  }
}
