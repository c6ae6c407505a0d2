import { deleteScheduleOverride, listScheduleOverrides, type ScheduleOverrideView } from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { instantOf } from '../time.ts';

/** Overrides of one schedule that have not ended, or that touch a span. */
export async function overrides(
  api: Api,
  io: Io,
  schedule: string,
  options: { readonly from?: string; readonly to?: string },
): Promise<Outcome> {
  const now = io.now();
  const span = { ...instantOf('from', options.from, now), ...instantOf('to', options.to, now) };
  const book = await readBook(api, 'schedule', 'person');
  const id = book.idOf('schedule', schedule);
  const items = await everyOne((page) =>
    api.call(listScheduleOverrides, { params: { id }, query: { ...page, ...span } }),
  );
  const rows = items.map((override) => [
    override.id,
    `${moment(override.startsAt, now)} to ${moment(override.endsAt, now)}`,
    words(override, book),
    override.reason ?? '',
  ]);
  return {
    text: rows.length === 0 ? `${book.titleOf(id)} has no override.` : columns(rows),
    data: items,
  };
}

/** Takes overrides back; one that has begun ends now. */
export async function removeOverrides(api: Api, ids: readonly string[]): Promise<Outcome> {
  for (const id of ids) await api.call(deleteScheduleOverride, { params: { id } });
  return { text: ids.map((id) => `${id} is taken back.`).join('\n'), data: { ids } };
}

function words({ kind, userId, replacedUserId }: ScheduleOverrideView, book: Book): string {
  const who = book.titleOf(userId);
  if (kind === 'add') return `${who} is on call too`;
  if (kind === 'remove') return `${who} is not on call`;
  return `${who} takes the place of ${replacedUserId === null ? 'everybody' : book.titleOf(replacedUserId)}`;
}
