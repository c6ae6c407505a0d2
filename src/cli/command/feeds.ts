import { type CalendarFeedView, createCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from '#respond/contract';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';

export type FeedOptions = { readonly person?: string; readonly schedule?: string; readonly team?: string };

/** Calendar addresses that are in use; the addresses themselves are shown only when they are made. */
export async function feeds(api: Api, io: Io): Promise<Outcome> {
  const [items, book] = await Promise.all([
    everyOne((query) => api.call(listCalendarFeeds, { query })),
    readBook(api, 'person', 'schedule', 'team'),
  ]);
  const rows = items.map(({ id, kind, subjectId, createdAt, createdBy }) => [
    id,
    kind,
    book.titleOf(subjectId),
    `made by ${book.titleOf(createdBy)}, ${moment(createdAt, io.now())}`,
  ]);
  return { text: rows.length === 0 ? 'There is no calendar address.' : columns(rows), data: items };
}

/** Makes a secret address for calendar programs, and prints it alone. */
export async function createFeed(api: Api, options: FeedOptions): Promise<Outcome> {
  const given = [options.person, options.schedule, options.team].filter((one) => one !== undefined);
  if (given.length > 1) throw new CommandError('Say one of --person, --schedule and --team.', EXIT.usage);
  const kind: CalendarFeedView['kind'] =
    options.schedule !== undefined ? 'schedule' : options.team !== undefined ? 'team' : 'person';
  const [name] = given;
  const subject = name === undefined ? {} : { subjectId: (await readBook(api, kind)).idOf(kind, name) };
  const made = await api.call(createCalendarFeed, { body: { kind, ...subject } });
  return {
    text: made.url,
    data: made,
    aside: `Whoever knows the address reads the shifts. It is shown only now; end it with: allclear feeds revoke ${made.id}`,
  };
}

export async function revokeFeeds(api: Api, ids: readonly string[]): Promise<Outcome> {
  for (const id of ids) await api.call(revokeCalendarFeed, { params: { id } });
  return { text: ids.map((id) => `${id} is revoked.`).join('\n'), data: { ids } };
}
