import { notFound } from '#kernel/errors.ts';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { listReceived } from './contract.ts';
import { selectReceived } from './store.ts';

export const receivedRoutes: readonly RouteBinding[] = [
  bind(listReceived, async (ctx, { params, query }) => {
    if (!(await selectAlertSource(ctx, params.id))) throw notFound('alert source', params.id);
    const beforeId = readCursor(query, /^rcv_[A-Za-z0-9_-]+$/);
    const rows = await selectReceived(ctx, { alertSourceId: params.id, beforeId, limit: query.limit + 1 });
    return pageOf(
      rows,
      query,
      (row) => row.id,
      ({ id, receivedAt, format, outcome, text, alertIds, payload }) => ({
        id,
        receivedAt: receivedAt.toISOString(),
        format,
        outcome,
        text,
        alertIds,
        payload,
      }),
    );
  }),
];
