import { readWorkspace } from '#access';
import { type Message, queueDelivery } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { insertEntries } from '../journal/store.ts';
import { addressedTo } from '../notice-channel/post-notice.ts';
import { findChannelsOf } from '../notice-channel/store.ts';
import { type People, readPeople } from '../reach/people.ts';
import type { Page } from './page.ts';
import { readPageStory } from './page-story.ts';
import { postMessage } from './post-message.ts';
import { findPostOf, insertPost } from './post-store.ts';
import { findNotices, findPage, type NoticeRow } from './store.ts';

/** Tells the channels that a step names, once a step and round; `notices` are the messages of the page so far, `dueAt` is when it should have been. */
export async function sendPosts(
  ctx: Ctx,
  page: Page,
  channelIds: readonly string[],
  people: People,
  { notices, dueAt }: { readonly notices: readonly NoticeRow[]; readonly dueAt: Date },
): Promise<void> {
  if (channelIds.length === 0) return;
  const story = await readPageStory(ctx, page, people, notices);
  const { timeZone } = await readWorkspace(ctx);
  const { step, cycle } = page;
  for (const channel of await findChannelsOf(ctx, channelIds)) {
    const deliveryId = await queueDelivery(ctx, {
      ...addressedTo(ctx, channel),
      message: postMessage(story, placeOf(ctx, page, channel.name, timeZone), ctx.now, dueAt),
      purpose: 'page',
      uniqueKey: ['page-post', page.id, channel.id, step, cycle].join(':'),
      pageId: page.id,
      incidentId: page.incidentId ?? undefined,
    });
    await insertPost(ctx, { pageId: page.id, noticeChannelId: channel.id, step, cycle, dueAt: ctx.now, deliveryId });
    const text = `To the channel “${channel.name}”, which wakes nobody. Due at once.`;
    const about = { pageId: page.id, channel: channel.kind, step, cycle, dueAt: ctx.now, deliveryId };
    await insertEntries(ctx, [{ ...about, kind: 'planned', text }]);
  }
}

/** What a message to a channel that waited has to say by now; null when it is not one. */
export async function postNow(ctx: Ctx, deliveryId: string, dueAt: Date): Promise<Message | null> {
  const post = await findPostOf(ctx, deliveryId);
  const page = post && (await findPage(ctx, post.pageId));
  if (!post || !page) return null;
  const story = await readPageStory(ctx, page, await readPeople(ctx), await findNotices(ctx, [page.id]));
  const { timeZone } = await readWorkspace(ctx);
  const then = { ...story, page: { ...page, step: post.step, cycle: post.cycle } };
  return postMessage(then, placeOf(ctx, page, post.name, timeZone), ctx.now, dueAt);
}

function placeOf(ctx: Ctx, page: Page, name: string, timeZone: string) {
  return { name, timeZone, url: `${ctx.publicUrl}/pages/${page.id}` };
}
