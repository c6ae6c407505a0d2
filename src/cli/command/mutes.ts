import { createMute, endMuteRoute, listMutes, type MuteView, sentenceOf } from '#detect/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { parseCondition } from '../document/condition.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { endOf } from '../time.ts';

export type MuteOptions = { readonly match: readonly string[]; readonly for?: string; readonly until?: string };

/** Mutes that keep something quiet; with `all` those that are over too. */
export async function mutes(api: Api, io: Io, { all = false }: { readonly all?: boolean }): Promise<Outcome> {
  const [items, book] = await Promise.all([
    everyOne((page) => api.call(listMutes, { query: { ...page, ...(all ? {} : { active: 'true' }) } })),
    readBook(api, 'service', 'source', 'person'),
  ]);
  const rows = items.map((mute) => row(mute, io.now(), book));
  return { text: rows.length === 0 ? 'Nothing is muted.' : columns(rows), data: items };
}

/** Keeps quiet what matches every condition, until a time. */
export async function addMute(api: Api, io: Io, reason: string, options: MuteOptions): Promise<Outcome> {
  const example = 'allclear mutes add "Disks are replaced" --match service=shop --for 2h';
  if (options.match.length === 0) throw new CommandError(`Say what: ${example}`, EXIT.usage);
  const now = io.now();
  const endsAt = endOf(options, now, now, example).toISOString();
  const book = await readBook(api, 'service', 'source');
  const match = options.match.map((text) => parseCondition(text, book));
  const made = await api.call(createMute, { body: { match, reason, endsAt } });
  const quiet = made.alertCount > 0 ? ` ${count(made.alertCount, 'open alert')} fell silent.` : '';
  return { text: `${made.id} mutes until ${moment(made.endsAt, now)}.${quiet}`, data: made };
}

/** Ends mutes before their time; what they kept quiet and is still open asks now. */
export async function endMutes(api: Api, ids: readonly string[]): Promise<Outcome> {
  const ended: MuteView[] = [];
  for (const id of ids) ended.push(await api.call(endMuteRoute, { params: { id } }));
  return { text: ended.map(({ id }) => `${id} is over; what is still open asks now.`).join('\n'), data: ended };
}

function row({ id, match, reason, active, endsAt, endedAt, createdBy, alertCount }: MuteView, now: Date, book: Book) {
  return [
    id,
    active ? `until ${moment(endsAt, now)}` : `over since ${moment(endedAt ?? endsAt, now)}`,
    count(alertCount, 'alert'),
    match.map((one) => sentenceOf(one, book.titleOf)).join(' and '),
    [reason, ...(createdBy === null ? [] : [book.titleOf(createdBy)])].join(', '),
  ];
}
