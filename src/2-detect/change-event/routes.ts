import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { listChangeEvents } from './contract.ts';
import { selectChangeEvents } from './store.ts';

export const changeEventRoutes: readonly RouteBinding[] = [
  bind(listChangeEvents, async (ctx, { query }) => {
    const rows = await selectChangeEvents(ctx, {
      alertSourceId: query.alertSourceId,
      serviceId: query.serviceId,
      since: query.since === undefined ? undefined : new Date(query.since),
      until: query.until === undefined ? undefined : new Date(query.until),
      concerns: query.concerns?.split(','),
      beforeId: readCursor(query, /^chg_[A-Za-z0-9_-]+$/),
      limit: query.limit + 1,
    });
    return pageOf(
      rows,
      query,
      (row) => row.id,
      ({ happenedAt, receivedAt, links, ...row }) => ({
        ...row,
        links: [...links],
        happenedAt: happenedAt.toISOString(),
        receivedAt: receivedAt.toISOString(),
      }),
    );
  }),
];
