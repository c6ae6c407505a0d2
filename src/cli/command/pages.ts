import { listUsers } from '#access/contract';
import { journalCsv, listPageEntries, type PageEntryView } from '#respond/contract';
import type { Api } from '../api.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
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
  const entries = await read(api, options, options.csv === true ? MOST : 50);
  if (options.csv === true) return { text: journalCsv(entries).trimEnd(), data: entries };
  const rows = entries.map(({ at, pageTitle, userName, channel, text }) => [
    moment(at, io.now()),
    pageTitle,
    [userName, channel].filter(Boolean).join(', '),
    text,
  ]);
  return { text: rows.length === 0 ? 'Nothing.' : columns(rows), data: entries };
}

async function read(api: Api, options: PagesOptions, most: number): Promise<PageEntryView[]> {
  const { page, from, to } = options;
  const incident = options.incident === undefined ? undefined : await findIncident(api, options.incident);
  const userId = options.person === undefined ? undefined : await findPerson(api, options.person);
  const query = {
    ...(page === undefined ? {} : { pageId: page }),
    ...(incident === undefined ? {} : { incidentId: incident.id }),
    ...(userId === undefined ? {} : { userId }),
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to) }),
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

function instantOf(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new CommandError(`${text} is not a time. Write it as 2026-11-25T10:00:00Z.`);
  return at.toISOString();
}

async function findPerson(api: Api, name: string): Promise<string> {
  const users = await api.call(listUsers, { query: { limit: 200 } });
  const same = (text: string) => text.toLowerCase() === name.toLowerCase();
  const user = users.items.find((one) => one.id === name || same(one.email) || same(one.name));
  if (!user) throw new CommandError(`There is no person ${name}.`);
  return user.id;
}
