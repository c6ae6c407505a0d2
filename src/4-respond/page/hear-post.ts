import { deliveryDropped, deliveryDue, deliveryFailed, deliveryLate, deliverySent, deliveryWaits } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { insertEntries, type NewEntry } from '../journal/store.ts';
import { findChannel } from '../notice-channel/store.ts';
import { awaitCheck } from './await-check.ts';
import { hastenNextStep, stepHasFailed } from './hasten-step.ts';
import { ASKING_STATES } from './page.ts';
import { findPostOf, type Post } from './post-store.ts';
import { postNow } from './send-posts.ts';
import { lockPage } from './store.ts';
import { touchPage } from './touch-page.ts';
import { readWhetherOver } from './why-over.ts';

type About = {
  readonly purpose: string;
  readonly pageId: string | null;
  readonly userId: string | null;
  readonly deliveryId: string;
};

/** What a delivery told a channel; undefined when it went to a person, or is no page. */
async function postOf(ctx: Ctx, { purpose, pageId, userId, deliveryId }: About): Promise<Post | undefined> {
  return purpose === 'page' && pageId !== null && userId === null ? findPostOf(ctx, deliveryId) : undefined;
}

/** What becomes of the messages of pages to team channels. */
export const hearPosts = [
  on(deliveryDue, async (ctx, delivery) => {
    const post = await postOf(ctx, delivery);
    if (!post) return;
    const { page, alerts, why } = await readWhetherOver(ctx, post.pageId);
    const reason = why ?? (await whyNotThere(ctx, post));
    if (reason !== null) delivery.drop(reason);
    else if (page) await awaitCheck(ctx, [page], alerts, delivery);
  }),
  on(deliveryLate, async (ctx, delivery) => {
    const post = await postOf(ctx, delivery);
    const message = post && (await postNow(ctx, post.deliveryId, delivery.dueAt));
    if (message) delivery.reword(message);
  }),
  on(deliverySent, async (ctx, delivery) => {
    await note(ctx, delivery, 'handed-over', 'the provider took it.');
  }),
  on(deliveryDropped, async (ctx, delivery) => {
    await note(ctx, delivery, 'dropped', `not told. ${delivery.why}`);
  }),
  on(deliveryWaits, async (ctx, delivery) => {
    await note(ctx, delivery, 'waiting', `not told yet. ${delivery.why}`);
  }),
  on(deliveryFailed, async (ctx, failure) => {
    const { why, final } = failure;
    const said = `${why.replace(/\.$/, '')}. ${final ? 'Given up.' : 'It is tried again.'}`;
    const post = await note(ctx, failure, 'failed', said);
    if (!post || !final) return;
    const page = await lockPage(ctx, post.pageId);
    if (page && ASKING_STATES.some((state) => state === page.state) && (await stepHasFailed(ctx, page)))
      await hastenNextStep(ctx, page);
  }),
];

async function whyNotThere(ctx: Ctx, { noticeChannelId }: Post): Promise<string | null> {
  return (await findChannel(ctx, noticeChannelId)) ? null : 'The channel was removed.';
}

async function note(ctx: Ctx, delivery: About, kind: NewEntry['kind'], said: string): Promise<Post | undefined> {
  const post = await postOf(ctx, delivery);
  if (!post) return undefined;
  const { pageId, kind: channel, step, cycle, deliveryId } = post;
  const text = `The channel “${post.name}”: ${said}`;
  await insertEntries(ctx, [{ pageId, channel, step, cycle, deliveryId, kind, text }]);
  touchPage(ctx, { id: pageId, alertId: null, incidentId: null });
  return post;
}
