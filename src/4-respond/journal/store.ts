import type { Selectable } from 'kysely';
import type { Ctx } from '#platform/ctx.ts';
import { readCursor, type PageQuery } from '#platform/page.ts';
import type { PageTables } from '../page/tables.ts';
import type { PageEntryKind } from './contract.ts';
import type { JournalTables } from './tables.ts';

type Entry = Selectable<JournalTables['pageEntry']>;
export type EntryRow = Entry &
  Pick<PageTables['page'], 'incidentId'> & { readonly title: string; readonly drill: boolean };

/** What is written down; what does not apply is left out. */
export type NewEntry = Pick<Entry, 'pageId' | 'kind' | 'text'> &
  Partial<Omit<Entry, 'workspaceId' | 'id' | 'at' | 'pageId' | 'kind' | 'text'>>;

const NOTHING = {
  userId: null,
  channel: null,
  step: null,
  cycle: null,
  dueAt: null,
  deliveryId: null,
  attempt: null,
  providerId: null,
} as const;

const tables = (ctx: Ctx) => ctx.transaction.withTables<JournalTables & Pick<PageTables, 'page'>>();

/** Writes down what happened to pages, in the transaction in which it happened. */
export async function insertEntries(ctx: Ctx, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { workspaceId, now: at } = ctx;
  await tables(ctx)
    .insertInto('pageEntry')
    .values(entries.map((entry) => ({ ...NOTHING, ...entry, workspaceId, at, id: ctx.newId('pje') })))
    .execute();
}

/** The newest entry of a page of some kinds. */
export async function findLastEntry(
  ctx: Ctx,
  pageId: string,
  kinds: readonly PageEntryKind[],
): Promise<Entry | undefined> {
  return tables(ctx)
    .selectFrom('pageEntry')
    .selectAll()
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', pageId)
    .where('kind', 'in', kinds)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Whether a person has opened the link of a page before. */
export async function hasSeen(ctx: Ctx, pageId: string, userId: string): Promise<boolean> {
  const row = await tables(ctx)
    .selectFrom('pageEntry')
    .select('id')
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', '=', pageId)
    .where('userId', '=', userId)
    .where('kind', '=', 'seen')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** When the link of each page was opened first, by page. */
export async function findFirstSeen(ctx: Ctx, pageIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (pageIds.length === 0) return new Map();
  const rows = await tables(ctx)
    .selectFrom('pageEntry')
    .select(['pageId', (select) => select.fn.min('at').as('at')])
    .where('workspaceId', '=', ctx.workspaceId)
    .where('pageId', 'in', pageIds)
    .where('kind', '=', 'seen')
    .groupBy('pageId')
    .execute();
  return new Map(rows.map(({ pageId, at }) => [pageId, at]));
}

export type EntryFilter = {
  readonly pageId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly userId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
};

/** Newest first, one row more than the limit. */
export async function findEntriesAfter(ctx: Ctx, filter: EntryFilter, query: PageQuery): Promise<EntryRow[]> {
  const after = readCursor(query, /^pje_[a-z0-9]{1,64}$/);
  let rows = tables(ctx)
    .selectFrom('pageEntry')
    .innerJoin('page', (join) =>
      join.onRef('page.workspaceId', '=', 'pageEntry.workspaceId').onRef('page.id', '=', 'pageEntry.pageId'),
    )
    .selectAll('pageEntry')
    .select(['page.incidentId', 'page.title', 'page.drill'])
    .where('pageEntry.workspaceId', '=', ctx.workspaceId);
  if (filter.pageId) rows = rows.where('pageEntry.pageId', '=', filter.pageId);
  if (filter.incidentId) rows = rows.where('page.incidentId', '=', filter.incidentId);
  if (filter.userId) rows = rows.where('pageEntry.userId', '=', filter.userId);
  if (filter.from) rows = rows.where('pageEntry.at', '>=', filter.from);
  if (filter.to) rows = rows.where('pageEntry.at', '<', filter.to);
  if (after !== null) rows = rows.where('pageEntry.id', '<', after);
  return rows
    .orderBy('pageEntry.id', 'desc')
    .limit(query.limit + 1)
    .execute();
}
