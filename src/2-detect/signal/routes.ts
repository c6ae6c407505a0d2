import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { listSignals } from './contract.ts';
import { selectSignals } from './store.ts';

export const signalRoutes: readonly RouteBinding[] = [
  bind(listSignals, async (ctx, { params, query }) => {
    await readAlert(ctx, params.id);
    const cursor = readCursor(query, /^\d{1,9}$/);
    const rows = await selectSignals(ctx.transaction, {
      workspaceId: ctx.workspaceId,
      alertId: params.id,
      below: cursor === null ? null : Number(cursor),
      limit: query.limit + 1,
    });
    return pageOf(
      rows,
      query,
      (row) => String(row.ordinal),
      (row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }),
    );
  }),
];
