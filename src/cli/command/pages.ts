import { journalCsv, listPageEntries, type PageEntryView } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { instantOf } from '../time.ts';
import { findIncident } from './find.ts';

export type PagesOptions = {
  readonly person?: string;
  readonly incident?: string;
  readonly page?: string;
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
};

const MOST = 10_000;

/** What happened to pages, the newest last: 50 entries on a terminal, everything that fits as CSV. */
export async function pages(api: Api, io: Io, options: PagesOptions): Promise<Outcome> {
  const entries = await read(api, io, options, options.csv === true ? MOST : 50);
  if (options.csv === true) return { text: journalCsv(entries).trimEnd(), data: entries };
  const rows = entries.map(({ at, pageTitle, userName, channel, text }) => [
    moment(at, io.now()),
    pageTitle,
    [userName, channel].filter(Boolean).join(', '),
    text,
  ]);
  return { text: rows.length === 0 ? 'Nothing.' : columns(rows), data: entries };
}

async function read(api: Api, io: Io, options: PagesOptions, most: number): Promise<PageEntryView[]> {
  const { page, from, to } = options;
  const incident = options.incident === undefined ? undefined : await findIncident(api, options.incident);
  const userId =
    options.person === undefined ? undefined : (await readBook(api, 'person')).idOf('person', options.person);
  const query = {
    ...(page === undefined ? {} : { pageId: page }),
    ...(incident === undefined ? {} : { incidentId: incident.id }),
    ...(userId === undefined ? {} : { userId }),
    ...instantOf('from', from, io.now()),
    ...instantOf('to', to, io.now()),
  };
  const entries: PageEntryView[] = [];
  for (let cursor: string | null = ''; cursor !== null && entries.length < most;) {
    const limit = Math.min(200, most - entries.length);
    const list: { items: PageEntryView[]; nextCursor: string | null } = await api.call(listPageEntries, {
      query: { ...query, limit, ...(cursor === '' ? {} : { cursor }) },
    });
    entries.push(...list.items);
    cursor = list.nextCursor;
  }
  return entries.toReversed();
}
