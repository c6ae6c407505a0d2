import { type DeliveryStatus, readDeliveryStatuses } from '#delivery';
import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import type { Beginning } from '../escalation/steps.ts';
import { type People, readPeople } from '../reach/people.ts';
import { findAnswers } from './answer-store.ts';
import type { PageNoticeView, PagePostView, PageView } from './contract.ts';
import { foreseeSteps } from './next-step.ts';
import type { Page } from './page.ts';
import { findPosts, type Post } from './post-store.ts';
import { findNotices, findPage, findPagesAfter, type NoticeRow, type PageFilter } from './store.ts';

export async function readPage(ctx: Ctx, id: string): Promise<PageView> {
  const page = await findPage(ctx, id);
  if (!page) throw notFound('page', id);
  return presentPage(ctx, page);
}

export async function presentPage(ctx: Ctx, page: Page): Promise<PageView> {
  const [view] = await presentPages(ctx, [page]);
  if (!view) throw notFound('page', page.id);
  return view;
}

/** A page of the list of pages, newest first. */
export async function listPages(ctx: Ctx, query: PageQuery & PageFilter) {
  const { limit, cursor, ...filter } = query;
  const rows = await findPagesAfter(ctx, filter, { limit, cursor });
  const { items, nextCursor } = pageOf(
    rows,
    query,
    (row) => row.id,
    (row) => row,
  );
  return { items: await presentPages(ctx, items), nextCursor };
}

async function presentPages(ctx: Ctx, pages: readonly Page[]): Promise<PageView[]> {
  const notices = await findNotices(
    ctx,
    pages.map(({ id }) => id),
  );
  const posts = await findPosts(
    ctx,
    pages.map(({ id }) => id),
  );
  const statuses = await readDeliveryStatuses(
    ctx,
    [...notices, ...posts].flatMap(({ deliveryId }) => deliveryId ?? []),
  );
  const people = await readPeople(ctx);
  // Whoever cannot be reached is passed over, so the next step is the one that the pager would begin.
  const foreseen = await foreseeSteps(ctx, pages, people);
  const answered = await findAnswers(
    ctx,
    pages.filter(({ document }) => document.acknowledgement === 'all').map(({ id }) => id),
  );
  return pages.map((page) => {
    const views = notices.filter(({ pageId }) => pageId === page.id).map((row) => presentNotice(row, statuses, people));
    const answers = (answered.get(page.id) ?? []).map(({ userId, answeredAt, channel }) => ({
      userId,
      channel,
      userName: people.nameOf(userId),
      at: answeredAt.toISOString(),
    }));
    const told = posts.filter(({ pageId }) => pageId === page.id).map((post) => presentPost(post, statuses));
    return present(page, { notices: views, posts: told, answers }, foreseen.get(page.id) ?? null);
  });
}

type Sent = Pick<PageView, 'notices' | 'posts' | 'answers'>;

function present(page: Page, sent: Sent, next: Beginning | null): PageView {
  const { notices } = sent;
  const { document, createdAt, startsAt, acknowledgedAt, stoppedAt, policyName: _, ...rest } = page;
  return {
    ...rest,
    step: page.step + 1,
    cycle: page.cycle + 1,
    createdAt: createdAt.toISOString(),
    startsAt: startsAt.toISOString(),
    nextStepAt: next === null ? null : (page.nextStepAt?.toISOString() ?? null),
    nextUserIds: next === null ? [] : [...next.userIds],
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    acknowledgementEndsAt: page.state === 'acknowledged' ? (page.nextStepAt?.toISOString() ?? null) : null,
    acknowledgement: document.acknowledgement,
    stoppedAt: stoppedAt?.toISOString() ?? null,
    reachedNobody:
      page.state !== 'held' &&
      !notices.some(
        ({ state, quietUntil }) =>
          ['sent', 'sending', 'queued', 'folded'].includes(state) || (state === 'planned' && quietUntil !== null),
      ),
    ...sent,
  };
}

function stateOf({ state, deliveryId }: NoticeRow, delivery: DeliveryStatus | undefined): PageNoticeView['state'] {
  if (state === 'queued') return delivery?.state ?? 'queued';
  return state === 'folded' && deliveryId !== null ? (delivery?.state ?? 'folded') : state;
}

function presentPost(post: Post, statuses: ReadonlyMap<string, DeliveryStatus>): PagePostView {
  const { noticeChannelId, name, kind, deliveryId, step, cycle, dueAt } = post;
  const delivery = statuses.get(deliveryId);
  return {
    noticeChannelId,
    name,
    kind,
    step: step + 1,
    cycle: cycle + 1,
    at: (delivery?.sentAt ?? dueAt).toISOString(),
    state: delivery?.state ?? 'queued',
    why: delivery?.why ?? null,
    deliveryId,
  };
}

function presentNotice(row: NoticeRow, statuses: ReadonlyMap<string, DeliveryStatus>, people: People): PageNoticeView {
  const delivery = row.deliveryId === null ? undefined : statuses.get(row.deliveryId);
  return {
    userId: row.userId,
    userName: people.nameOf(row.userId),
    contactMethodId: row.contactMethodId === 'account' ? null : row.contactMethodId,
    kind: row.kind,
    step: row.step + 1,
    cycle: row.cycle + 1,
    at: (delivery?.sentAt ?? row.dueAt).toISOString(),
    quietUntil: row.quietUntil?.toISOString() ?? null,
    state: stateOf(row, delivery),
    folded: row.state === 'folded',
    why: delivery?.why ?? null,
    deliveryId: row.deliveryId,
  };
}
