import { type Message, queueDelivery, readDeliveryStatuses } from '#delivery';
import { chatKind } from '#delivery/contract';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readPeople } from '../reach/people.ts';
import { addressedTo } from '../notice-channel/post-notice.ts';
import { findChannelsOf, findWatches } from '../notice-channel/store.ts';
import { quietly } from '../notice/quietly.ts';
import type { Page } from './page.ts';
import { drillMark } from './page.ts';
import type { PageNews } from './page-news.ts';
import { findPosts } from './post-store.ts';
import { findNotices, type NoticeRow } from './store.ts';
import { targetOf } from './target.ts';

const WORTH_TELLING_SECONDS = 3_600;

/**
 * Tells everybody whom the page has reached what became of it, by the way in which it reached them: each number and address
 * once, and nobody by SMS who answered by SMS and reads the answer to that there.
 */
export async function tellPaged(ctx: Ctx, page: Page, news: PageNews): Promise<void> {
  await tellChannels(ctx, page, news);
  const reached = await reachedNotices(ctx, page);
  if (reached.length === 0) return;
  const people = await readPeople(ctx);
  const told = new Set<string>();
  for (const notice of reached) {
    const target = targetOf(ctx, notice, people);
    if (!target) continue;
    const kind = quietly(target.kind);
    const place = `${notice.userId} ${kind} ${target.address}`;
    if (told.has(place) || isAnswered(notice, kind, news)) continue;
    told.add(place);
    await queueDelivery(ctx, {
      ...target,
      kind,
      message: newsMessage(ctx, page, news),
      purpose: 'notice',
      uniqueKey: ['page-news', page.id, news.what, notice.userId, notice.contactMethodId].join(':'),
      userId: notice.userId,
      incidentId: page.incidentId ?? undefined,
      notAfter: addSeconds(ctx.now, WORTH_TELLING_SECONDS),
    });
  }
}

function isAnswered({ userId }: NoticeRow, kind: NoticeRow['kind'], { answer }: PageNews): boolean {
  return kind === 'sms' && answer?.channel === 'sms' && answer.userId === userId;
}

/** Chats say it in the message itself; other channels that the page has told hear it, unless they hear of its alert anyway. */
async function tellChannels(ctx: Ctx, page: Page, news: PageNews): Promise<void> {
  const posts = (await findPosts(ctx, [page.id])).filter(({ kind }) => !chatKind.options.some((one) => one === kind));
  if (posts.length === 0) return;
  const watches = page.alertId === null ? [] : await findWatches(ctx, page.alertId);
  const hears = new Set(watches.map(({ channelId }) => channelId));
  const ids = [...new Set(posts.map(({ noticeChannelId }) => noticeChannelId))];
  for (const channel of await findChannelsOf(ctx, ids)) {
    // A program waits for the end of what it was told, whatever else it hears.
    if (hears.has(channel.id) && channel.kind !== 'webhook') continue;
    await queueDelivery(ctx, {
      ...addressedTo(ctx, channel),
      message: newsMessage(ctx, page, { ...news, text: news.text.replace(', and you need to do nothing', '') }),
      purpose: 'notice',
      uniqueKey: ['page-news', page.id, news.what, channel.id].join(':'),
      incidentId: page.incidentId ?? undefined,
      notAfter: addSeconds(ctx.now, WORTH_TELLING_SECONDS),
    });
  }
}

/** One notice per person and method whose message went out, or is going out at this moment. */
async function reachedNotices(ctx: Ctx, page: Page): Promise<NoticeRow[]> {
  const notices = (await findNotices(ctx, [page.id])).filter(
    // What came to somebody as one of many is told once, when none of the many waits any more.
    ({ deliveryId, state }) => deliveryId !== null && state !== 'folded',
  );
  const statuses = await readDeliveryStatuses(
    ctx,
    notices.flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  const out = notices.filter(({ deliveryId }) => {
    const state = deliveryId === null ? undefined : statuses.get(deliveryId)?.state;
    return state === 'sent' || state === 'sending';
  });
  return [...new Map(out.map((notice) => [`${notice.userId}:${notice.contactMethodId}`, notice])).values()];
}

function newsMessage(ctx: Ctx, page: Page, { what, headline, text }: PageNews): Message {
  const about = page.incidentId
    ? `incidents/${page.incidentId}`
    : page.alertId
      ? `alerts/${page.alertId}`
      : `pages/${page.id}`;
  const url = `${ctx.publicUrl}/${about}`;
  const { id, title, incidentId, alertId, drill } = page;
  return {
    subject: `${drillMark(drill)}${headline}: ${title}`,
    text: [...(drill ? ['DRILL: this was practice.', ''] : []), text, '', url].join('\n'),
    url,
    thread: id,
    urgency: 'low',
    payload: { event: `page.${what}`, drill, page: { id, title }, incidentId, alertId },
  };
}
