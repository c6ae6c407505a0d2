import { audit } from '#access';
import { invalid } from '#kernel/errors.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectComponents } from '../component/store.ts';
import { findStatusPage } from '../status-page/store.ts';
import { addSubscriber, listSubscribers, removeSubscriber, type SubscriberView } from './contract.ts';
import { deleteSubscriber, selectSubscribers, type SubscriberRow } from './store.ts';
import { subscribe } from './subscribe.ts';

const SUBSCRIBER_ID = /^sub_[A-Za-z0-9_-]{1,64}$/;

export const subscriberRoutes: readonly RouteBinding[] = [
  bind(listSubscribers, async (ctx, { params, query }) => {
    const page = await findStatusPage(ctx, params.id);
    const rows = await selectSubscribers(ctx, {
      statusPageId: page.id,
      state: query.state,
      beforeId: readCursor(query, SUBSCRIBER_ID),
      limit: query.limit + 1,
    });
    return pageOf(rows, query, (row) => row.id, present);
  }),
  bind(addSubscriber, async (ctx, { params, body }) => {
    const page = await findStatusPage(ctx, params.id);
    const known = (await selectComponents(ctx, { statusPageId: page.id })).map(({ id }) => id);
    const foreign = body.componentIds?.find((id) => !known.includes(id));
    if (foreign) throw invalid('body.componentIds', `There is no component ${foreign} on this page.`);
    return present(await subscribe(ctx, page, { email: body.email, componentIds: body.componentIds ?? null }));
  }),
  bind(removeSubscriber, async (ctx, { params }) => {
    await deleteSubscriber(ctx, params.id);
    await audit(ctx, { action: 'subscriber.erase', subjectId: params.id });
    ctx.touch('subscribers');
  }),
];

function present(row: SubscriberRow): SubscriberView {
  return {
    id: row.id,
    statusPageId: row.statusPageId,
    email: row.email,
    state: row.state,
    componentIds: row.componentIds,
    createdAt: row.createdAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    unsubscribedAt: row.unsubscribedAt?.toISOString() ?? null,
  };
}
