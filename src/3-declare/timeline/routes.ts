import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { readIncident } from '../incident/read-incident.ts';
import { addImage } from './add-image.ts';
import { appendEntry } from './append-entry.ts';
import { addNote, readTimeline, type TimelineEntryView, uploadAttachment } from './contract.ts';
import { isLate, type TimelineEntry } from './entry.ts';
import { selectEntries } from './store.ts';

export const timelineRoutes: readonly RouteBinding[] = [
  bind(readTimeline, async (ctx, { params, query }) => {
    await readIncident(ctx, params.id);
    const cursor = readCursor(query, /^\d{1,9}$/);
    const rows = await selectEntries(ctx, params.id, {
      order: query.order,
      from: cursor === null ? null : Number(cursor),
      limit: query.limit + 1,
    });
    return pageOf(rows, query, (entry) => String(entry.seq), presentEntry);
  }),
  bind(addNote, async (ctx, { params, body }) => {
    const entry = await appendEntry(ctx, params.id, {
      type: body.corrects === undefined ? 'note' : 'correction',
      text: body.body,
      corrects: body.corrects,
      visibility: body.visibility,
      occurredAt: body.occurredAt === undefined ? undefined : new Date(body.occurredAt),
    });
    return presentEntry(entry);
  }),
  bind(uploadAttachment, (ctx, { params, body }) => addImage(ctx, params.id, body)),
];

function presentEntry({ incidentId: _incidentId, ...entry }: TimelineEntry): TimelineEntryView {
  return {
    ...entry,
    data: { ...entry.data },
    occurredAt: entry.occurredAt.toISOString(),
    recordedAt: entry.recordedAt.toISOString(),
    late: isLate(entry),
  };
}
