import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { type AlertEntryView, listAlertJournal } from './contract.ts';
import { type EntryRow, selectEntries } from './store.ts';

export const journalRoutes: readonly RouteBinding[] = [
  bind(listAlertJournal, async (ctx, { params, query }) => {
    await readAlert(ctx, params.id);
    const cursor = readCursor(query, /^\d{1,15}$/);
    const below = cursor === null ? null : Number(cursor);
    const rows = await selectEntries(ctx, params.id, { below, limit: query.limit + 1 });
    return pageOf(rows, query, (row) => String(row.seq), present);
  }),
];

function present({ alertId, seq, at, kind, text, actorUserId, actorName, channel }: EntryRow): AlertEntryView {
  const id = `ale_${alertId.slice(alertId.indexOf('_') + 1)}-${seq}`;
  return { id, at: at.toISOString(), kind, text, actorUserId, actorName, channel };
}
