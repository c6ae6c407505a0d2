import type { Insertable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import type { TimelineEntry } from './entry.ts';
import type { TimelineTables } from './tables.ts';

const SHOWN = [
  'id',
  'incidentId',
  'seq',
  'type',
  'text',
  'data',
  'actorUserId',
  'actorName',
  'channel',
  'occurredAt',
  'recordedAt',
  'visibility',
  'corrects',
] as const;

const db = (ctx: Ctx) => ctx.transaction.withTables<TimelineTables>();

export async function insertEntry(ctx: Ctx, entry: TimelineEntry, idempotencyKey: string | null): Promise<void> {
  const row = { ...entry, data: JSON.stringify(entry.data), workspaceId: ctx.workspaceId, idempotencyKey };
  await db(ctx).insertInto('incidentEvent').values(row).execute();
}

export async function selectEntryByKey(
  ctx: Ctx,
  incidentId: string,
  idempotencyKey: string,
): Promise<TimelineEntry | null> {
  const row = await entriesOf(ctx, incidentId).where('idempotencyKey', '=', idempotencyKey).executeTakeFirst();
  return row ?? null;
}

export async function selectEntry(ctx: Ctx, incidentId: string, entryId: string): Promise<TimelineEntry | null> {
  const row = await entriesOf(ctx, incidentId).where('id', '=', entryId).executeTakeFirst();
  return row ?? null;
}

export type TimelinePage = {
  readonly order: 'oldest' | 'newest';
  readonly from: number | null;
  readonly limit: number;
};

/** Entries beyond a seq, in the order asked for. */
export async function selectEntries(ctx: Ctx, incidentId: string, page: TimelinePage): Promise<TimelineEntry[]> {
  let query = entriesOf(ctx, incidentId);
  if (page.from !== null) query = query.where('seq', page.order === 'newest' ? '<' : '>', page.from);
  return await query
    .orderBy('seq', page.order === 'newest' ? 'desc' : 'asc')
    .limit(page.limit)
    .execute();
}

/** The whole timeline in the order of writing. */
export async function selectTimeline(ctx: Ctx, incidentId: string): Promise<TimelineEntry[]> {
  return await entriesOf(ctx, incidentId).orderBy('seq').execute();
}

function entriesOf(ctx: Ctx, incidentId: string) {
  return db(ctx)
    .selectFrom('incidentEvent')
    .select(SHOWN)
    .where('workspaceId', '=', ctx.workspaceId)
    .where('incidentId', '=', incidentId);
}

export async function insertAttachment(ctx: Ctx, row: Insertable<TimelineTables['attachment']>): Promise<void> {
  await db(ctx).insertInto('attachment').values(row).execute();
}

export async function selectAttachment(ctx: Ctx, attachmentId: string) {
  const row = await db(ctx)
    .selectFrom('attachment')
    .select(['id', 'mediaType', 'sha256', 'bytes'])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('id', '=', attachmentId)
    .executeTakeFirst();
  return row ?? null;
}
