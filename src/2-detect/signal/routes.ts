import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { listSignals } from './contract.ts';
import { selectSignals } from './store.ts';

export const signalRoutes: readonly RouteBinding[] = [
  bind(listSignals, async (ctx, { params, query }) => {
    const { count } = await readAlert(ctx, params.id);
    const cursor = readCursor(query, /^\d{1,9}$/);
    const rows = await selectSignals(ctx.transaction, {
      workspaceId: ctx.workspaceId,
      alertId: params.id,
      count,
      below: cursor === null ? null : Number(cursor),
      limit: query.limit + 1,
    });
    return pageOf(
      rows,
      query,
      (row) => String(row.ordinal),
      (row) => ({ ...row, id: signalId(row.alertId, row.ordinal), receivedAt: row.receivedAt.toISOString() }),
    );
  }),
];

/** A signal is named after its alert and its place there. */
function signalId(alertId: string, ordinal: number): string {
  return `sig_${alertId.slice(alertId.indexOf('_') + 1)}-${ordinal}`;
}
