import { type Message, queueDelivery } from '#delivery';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { FOLD_CLOCK, GATHER_SECONDS } from '../fold/fold-clock.ts';
import { receiverKey, whoseFold } from '../fold/whose-fold.ts';
import { insertEntries } from '../journal/store.ts';
import { type People, readPeople } from '../reach/people.ts';
import type { Page } from './page.ts';
import { EARLY_MS } from './page-clock.ts';
import { pageToken } from './page-link.ts';
import { pageMessage } from './page-message.ts';
import { type PageStory, readPageStory } from './page-story.ts';
import { isRepeat, onePerMethod } from './repeats.ts';
import { findNotices, findPage, isQuiet, type NoticeRow, replaceNotice } from './store.ts';
import { targetOf } from './target.ts';

/** Queues every planned message of a page that is due by now, or by each method of one person that was not used yet (`hurry`). */
export async function sendDueNotices(ctx: Ctx, page: Page, hurry?: { readonly userId: string }): Promise<void> {
  const limit = ctx.now.getTime() + EARLY_MS;
  const all = await findNotices(ctx, [page.id]);
  const due = all.filter(
    (notice) =>
      notice.state === 'planned' &&
      (notice.dueAt.getTime() <= limit ||
        (notice.userId === hurry?.userId && !isQuiet(notice, ctx.now) && !isRepeat(notice, all))),
  );
  if (due.length === 0) return;
  const { first, doubled } = onePerMethod(due);
  for (const row of await sendNotices(ctx, page, await readPeople(ctx), first, all)) await replaceNotice(ctx, row);
  for (const notice of doubled) await leaveOut(ctx, notice);
}

async function leaveOut(ctx: Ctx, notice: NoticeRow): Promise<void> {
  await replaceNotice(ctx, { ...notice, state: 'cancelled' });
  const { pageId, userId, kind: channel, step, cycle, dueAt } = notice;
  const text = 'Not sent: one by the same method goes out at this moment.';
  await insertEntries(ctx, [{ pageId, userId, channel, step, cycle, dueAt, kind: 'cancelled', text }]);
}

/**
 * Queues messages; answers with their rows as they are then: queued, folded, or cancelled when there is nowhere to send.
 * `dueAt`: when all of them were due; else each when its row says.
 */
export async function sendNotices(
  ctx: Ctx,
  page: Page,
  people: People,
  notices: readonly NoticeRow[],
  all: readonly NoticeRow[],
  dueAt?: Date,
): Promise<NoticeRow[]> {
  if (notices.length === 0) return [];
  const story = await readPageStory(ctx, page, people, all);
  const folded = await whoseFold(ctx, page, notices);
  const rows: NoticeRow[] = [];
  for (const notice of notices)
    rows.push(
      folded.has(receiverKey(notice)) ? await fold(ctx, notice) : await send(ctx, story, notice, people, dueAt),
    );
  return rows;
}

/** Their person has had many pages by this method lately: it goes out with others, in a moment. */
async function fold(ctx: Ctx, notice: NoticeRow): Promise<NoticeRow> {
  const { pageId, userId, kind: channel, step, cycle } = notice;
  const text = 'They have had many pages by this lately, so it goes out with others in one message.';
  await insertEntries(ctx, [{ pageId, userId, channel, step, cycle, dueAt: ctx.now, kind: 'folded', text }]);
  await ctx.wake(FOLD_CLOCK, addSeconds(ctx.now, GATHER_SECONDS));
  return { ...notice, state: 'folded', deliveryId: null, dueAt: ctx.now };
}

type Person = NonNullable<ReturnType<People['members']['get']>>;

async function send(
  ctx: Ctx,
  story: PageStory,
  notice: NoticeRow,
  people: People,
  dueAt: Date = notice.dueAt,
): Promise<NoticeRow> {
  const { page } = story;
  const person = people.members.get(notice.userId);
  const target = targetOf(ctx, notice, people);
  if (!person || !target) return { ...notice, state: 'cancelled' };
  const deliveryId = await queueDelivery(ctx, {
    ...target,
    message: messageOf(ctx, story, notice, person, dueAt),
    purpose: 'page',
    uniqueKey: uniqueKey(notice),
    pageId: page.id,
    userId: person.id,
    incidentId: page.incidentId ?? undefined,
    dueAt,
  });
  return { ...notice, state: 'queued', deliveryId, dueAt: ctx.now };
}

/** What queues the same message twice is refused by this; without the delay it is the key of what is sent at once. */
function uniqueKey({ pageId, userId, contactMethodId, step, cycle, delaySeconds }: NoticeRow): string {
  return ['page', pageId, userId, contactMethodId, step, cycle, ...(delaySeconds === 0 ? [] : [delaySeconds])].join(
    ':',
  );
}

type Waiting = {
  readonly pageId: string;
  readonly userId: string;
  readonly deliveryId: string;
  readonly dueAt: Date;
};

/** What a message that was queued earlier has to say by now; null when there is nobody or nothing to say it about. */
export async function messageNow(ctx: Ctx, { pageId, userId, deliveryId, dueAt }: Waiting): Promise<Message | null> {
  const page = await findPage(ctx, pageId);
  const people = await readPeople(ctx);
  const person = people.members.get(userId);
  if (!page || !person) return null;
  const all = await findNotices(ctx, [pageId]);
  const notice = all.find((one) => one.deliveryId === deliveryId);
  return notice ? messageOf(ctx, await readPageStory(ctx, page, people, all), notice, person, dueAt) : null;
}

/** In the words of the step that asks, which may be over: somebody else may have been asked since. */
function messageOf(ctx: Ctx, story: PageStory, { step, cycle }: NoticeRow, person: Person, dueAt: Date): Message {
  const page = { ...story.page, step, cycle };
  const token = pageToken(ctx.secrets, { workspaceId: ctx.workspaceId, pageId: page.id, userId: person.id });
  const recipient = { userId: person.id, timeZone: person.timeZone, acknowledgeUrl: `${ctx.publicUrl}/p/${token}` };
  return pageMessage({ ...story, page }, recipient, ctx.now, dueAt);
}
