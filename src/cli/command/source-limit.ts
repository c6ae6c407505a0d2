import {
  type AlertSourceView,
  changeAlertSource,
  listTurnedAway,
  readAlertSource,
  type TurnedAwayView,
} from '#detect/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { moment } from '../text.ts';

/** How many signals a minute a source may send, and what was turned away; with a count or `none`, set first. */
export async function sourceLimit(api: Api, io: Io, name: string, count: string | undefined): Promise<Outcome> {
  const id = (await readBook(api, 'source')).idOf('source', name);
  const params = { id };
  const source =
    count === undefined
      ? await api.call(readAlertSource, { params })
      : await api.call(changeAlertSource, { params, body: { signalsPerMinute: perMinuteOf(count) } });
  const turnedAway = await readTurnedAway(api, id);
  const lines = limitLines(source, turnedAway, io);
  const none = source.signalsPerMinute === null ? [`${source.name} may send as many signals as it likes.`] : [];
  return { text: [...none, ...lines].join('\n'), data: { source, turnedAway } };
}

/** What a source may send, and how much of what it sent was turned away; nothing for one without limit and loss. */
export function limitLines({ signalsPerMinute }: AlertSourceView, hours: readonly TurnedAwayView[], io: Io): string[] {
  const count = hours.reduce((sum, { overLimit, overShare }) => sum + overLimit + overShare, 0);
  const [latest] = hours;
  return [
    ...(signalsPerMinute === null ? [] : [`It may send ${signalsPerMinute} signals a minute.`]),
    ...(latest === undefined
      ? []
      : [`! ${count} messages were turned away lately, the last ${moment(latest.lastAt, io.now())}.`]),
  ];
}

/** The latest hours in which something was turned away. */
export async function readTurnedAway(api: Api, id: string): Promise<readonly TurnedAwayView[]> {
  return (await api.call(listTurnedAway, { params: { id }, query: { limit: 200 } })).items;
}

export function perMinuteOf(text: string): number | null {
  if (text === 'none') return null;
  if (/^[1-9]\d{0,6}$/.test(text) && Number(text) <= 1_000_000) return Number(text);
  throw new CommandError(`${text} is no limit; say how many signals a minute, such as 600, or none.`, EXIT.usage);
}
