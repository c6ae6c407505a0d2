import { listMembers, type User } from '#access';
import { queueDelivery } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { openCredentials } from '../contact-method/credentials.ts';
import { type ContactMethodRow, findMethodsOf } from '../contact-method/store.ts';
import type { Page } from './page.ts';
import { EARLY_MS } from './page-clock.ts';
import { pageToken } from './page-link.ts';
import { pageMessage } from './page-message.ts';
import { type PageStory, readPageStory } from './page-story.ts';
import { findNotices, markCancelled, markQueued, type NoticeRow } from './store.ts';

/** Where a notice goes: one of the person's methods, or the address of their account as the last resort. */
export type Target = {
  readonly kind: NoticeRow['kind'];
  readonly address: string;
  readonly credentials: readonly string[];
};

/** Queues every planned message of a page that is due by now, or all of one person (`hurry`). */
export async function sendDueNotices(ctx: Ctx, page: Page, hurry?: { readonly userId: string }): Promise<void> {
  const limit = ctx.now.getTime() + EARLY_MS;
  const due = (await findNotices(ctx, [page.id])).filter(
    ({ state, dueAt, userId }) => state === 'planned' && (dueAt.getTime() <= limit || userId === hurry?.userId),
  );
  if (due.length === 0) return;
  const story = await readPageStory(ctx, page);
  const people = new Map((await listMembers(ctx)).map((member) => [member.id, member]));
  const methods = await findMethodsOf(ctx, [...new Set(due.map(({ userId }) => userId))]);
  for (const notice of due) {
    const person = people.get(notice.userId);
    const target = person && targetOf(ctx, notice, methods, person);
    if (person && target) await send(ctx, story, notice, person, target);
    else await markCancelled(ctx, notice);
  }
}

async function send(ctx: Ctx, story: PageStory, notice: NoticeRow, person: User, target: Target): Promise<void> {
  const { page } = story;
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
  await markQueued(ctx, notice, deliveryId);
}

/** Null when the method is gone or belongs to nobody any more. */
export function targetOf(
  ctx: Ctx,
  notice: Pick<NoticeRow, 'contactMethodId'>,
  methods: readonly ContactMethodRow[],
  person: Pick<User, 'email'>,
): Target | null {
  if (notice.contactMethodId === 'account') return { kind: 'email', address: person.email, credentials: [] };
  const method = methods.find(({ id }) => id === notice.contactMethodId);
  return method ? { kind: method.kind, address: method.address, credentials: openCredentials(ctx, method) } : null;
}
