import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { listSignals } from './contract.ts';
import { LATEST, selectSignals } from './store.ts';

export const signalRoutes: readonly RouteBinding[] = [
  bind(listSignals, async (ctx, { params, query }) => {
    const { count } = await readAlert(ctx, params.id);
    const cursor = readCursor(query, /^\d{1,9}$/);
    const below = cursor === null ? null : Number(cursor);
    const rows = await selectSignals(ctx.transaction, {
      workspaceId: ctx.workspaceId,
      alertId: params.id,
      count,
      below,
      limit: query.limit + 1,
    });
    return pageOf(
      rows,
      query,
      (row) => String(row.ordinal),
      (row) => ({
        ...row,
        id: signalId(row.alertId, row.ordinal),
        receivedAt: row.receivedAt.toISOString(),
        repeats: repeatsOf(row, rows, below ?? count + 1, count),
      }),
    );
  }),
];

type Row = { readonly ordinal: number };

/** Those between a signal and the next newer one, which has `above` when it is not among the rows. */
function repeatsOf(row: Row, rows: readonly Row[], above: number, count: number): number {
  // What came between the first and the latest is not kept, whatever it said.
  if (row.ordinal === 1 && count > LATEST) return 0;
  const newer = rows[rows.findIndex(({ ordinal }) => ordinal === row.ordinal) - 1]?.ordinal ?? above;
  return newer - row.ordinal - 1;
}

/** A signal is named after its alert and its place there. */
function signalId(alertId: string, ordinal: number): string {
  return `sig_${alertId.slice(alertId.indexOf('_') + 1)}-${ordinal}`;
}
