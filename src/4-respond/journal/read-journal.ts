import { readIncident } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import { pageOf, type PageQuery } from '#platform/page.ts';
import { readPage } from '../page/read-pages.ts';
import { readPeople } from '../reach/people.ts';
import type { PageEntryView } from './contract.ts';
import { type EntryFilter, type EntryRow, findEntriesAfter } from './store.ts';

type Asked = Omit<EntryFilter, 'from' | 'to'> & {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** What happened to pages, newest first. An incident or a page that the reader may not see is not found. */
export async function listPageEntries(ctx: Ctx, { limit, cursor, from, to, ...of }: PageQuery & Asked) {
  if (of.incidentId) await readIncident(ctx, of.incidentId);
  if (of.pageId) await readPage(ctx, of.pageId);
  const filter = { ...of, from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined };
  const rows = await findEntriesAfter(ctx, filter, { limit, cursor });
  const { nameOf } = await readPeople(ctx);
  return pageOf(
    rows,
    { limit, cursor },
    ({ id }) => id,
    (row) => present(row, nameOf),
  );
}

function present(row: EntryRow, nameOf: (userId: string | null) => string): PageEntryView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    pageId: row.pageId,
    pageTitle: row.title,
    drill: row.drill,
    incidentId: row.incidentId,
    userId: row.userId,
    userName: row.userId === null ? null : nameOf(row.userId),
    channel: row.channel,
    step: row.step === null ? null : row.step + 1,
    cycle: row.cycle === null ? null : row.cycle + 1,
    dueAt: row.dueAt?.toISOString() ?? null,
    deliveryId: row.deliveryId,
    attempt: row.attempt,
    providerId: row.providerId,
    text: row.text,
  };
}
