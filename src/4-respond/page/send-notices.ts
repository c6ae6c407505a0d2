import { queueDelivery } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { type People, readPeople } from '../reach/people.ts';
import type { Page } from './page.ts';
import { EARLY_MS } from './page-clock.ts';
import { pageToken } from './page-link.ts';
import { pageMessage } from './page-message.ts';
import { type PageStory, readPageStory } from './page-story.ts';
import { findNotices, type NoticeRow, replaceNotice } from './store.ts';
import { targetOf } from './target.ts';

/** Queues every planned message of a page that is due by now, or all of one person (`hurry`). */
export async function sendDueNotices(ctx: Ctx, page: Page, hurry?: { readonly userId: string }): Promise<void> {
  const limit = ctx.now.getTime() + EARLY_MS;
  const all = await findNotices(ctx, [page.id]);
  const due = all.filter(
    ({ state, dueAt, userId }) => state === 'planned' && (dueAt.getTime() <= limit || userId === hurry?.userId),
  );
  if (due.length === 0) return;
  for (const row of await sendNotices(ctx, page, await readPeople(ctx), due, all)) await replaceNotice(ctx, row);
}

/** Queues messages; answers with their rows as they are then: queued, or cancelled when there is nowhere to send. */
export async function sendNotices(
  ctx: Ctx,
  page: Page,
  people: People,
  notices: readonly NoticeRow[],
  all: readonly NoticeRow[],
): Promise<NoticeRow[]> {
  if (notices.length === 0) return [];
  const story = await readPageStory(ctx, page, people, all);
  const rows: NoticeRow[] = [];
  for (const notice of notices) rows.push(await send(ctx, story, notice, people));
  return rows;
}

async function send(ctx: Ctx, story: PageStory, notice: NoticeRow, people: People): Promise<NoticeRow> {
  const { page } = story;
  const person = people.members.get(notice.userId);
  const target = targetOf(ctx, notice, people);
  if (!person || !target) return { ...notice, state: 'cancelled' };
  const token = pageToken(ctx.secrets, { workspaceId: ctx.workspaceId, pageId: page.id, userId: person.id });
  const recipient = { userId: person.id, timeZone: person.timeZone, acknowledgeUrl: `${ctx.publicUrl}/p/${token}` };
  const deliveryId = await queueDelivery(ctx, {
    ...target,
    message: pageMessage(story, recipient, ctx.now),
    purpose: 'page',
    uniqueKey: ['page', page.id, notice.userId, notice.contactMethodId, notice.step, notice.cycle].join(':'),
    pageId: page.id,
    userId: person.id,
    incidentId: page.incidentId ?? undefined,
  });
  return { ...notice, state: 'queued', deliveryId, dueAt: ctx.now };
}
