import { notFound } from '#kernel/errors.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { listTurnedAway } from './contract.ts';
import { selectTurnedAway } from './store.ts';

export const limitRoutes: readonly RouteBinding[] = [
  bind(listTurnedAway, async (ctx, { params, query }) => {
    if (!(await selectAlertSource(ctx, params.id))) throw notFound('alert source', params.id);
    const cursor = readCursor(query, /^\d{12,14}$/);
    const before = cursor === null ? null : new Date(Number(cursor));
    const rows = await selectTurnedAway(ctx, { alertSourceId: params.id, before, limit: query.limit + 1 });
    return pageOf(
      rows,
      query,
      ({ hour }) => String(hour.getTime()),
      ({ firstAt, lastAt, overLimit, overShare }) => ({
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
        overLimit,
        overShare,
      }),
    );
  }),
];
