import { loadCsv, type PersonLoadView, readLoad, suggestSwapsRoute } from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { instantOf } from '../time.ts';

export type LoadOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly schedule?: string;
  readonly team?: string;
  readonly csv?: boolean;
};

/** What on-call asked of each person, and what would even it out; or every day of it for pay. */
export async function load(api: Api, io: Io, options: LoadOptions): Promise<Outcome> {
  const query = await queryOf(api, io, options);
  if (options.csv === true) {
    const { days } = await api.call(readLoad, { query: { ...query, days: 'true' } });
    return { text: loadCsv(days).trimEnd(), data: days };
  }
  const report = await api.call(readLoad, { query });
  if (report.people.length === 0) return { text: 'Nobody was on call by a schedule.', data: report };
  const { items } = await api.call(suggestSwapsRoute, { query });
  const swaps = items.map(
    (swap) =>
      `${swap.toUserName} could take ${swap.fromUserName}'s shift in ${swap.scheduleName}, ${moment(swap.startsAt, io.now())}: ${formatDuration(swap.evensOutSeconds)} less between them. ${swap.reason}`,
  );
  const lines = [columns([HEAD, ...report.people.map(row)]), ...(swaps.length > 0 ? ['', ...swaps] : [])];
  return { text: lines.join('\n'), data: { ...report, swaps: items } };
}

const HEAD = ['', 'hours', 'nights', 'free days', 'holidays', 'of average', 'pages', 'outside hours'];

function row(person: PersonLoadView): string[] {
  const hours = (seconds: number) => `${Math.round(seconds / 3_600)} h`;
  return [
    person.userName,
    hours(person.totalSeconds),
    hours(person.nightSeconds + person.freeNightSeconds),
    hours(person.freeDaySeconds + person.freeNightSeconds),
    hours(person.holidaySeconds),
    person.timeShare === null ? '' : `${person.timeShare} x`,
    String(person.pages),
    `${person.interruptions}${person.interruptedNights > 0 ? `, ${count(person.interruptedNights, 'broken night')}` : ''}`,
  ];
}

async function queryOf(api: Api, io: Io, { from, to, schedule, team }: LoadOptions) {
  const book = await readBook(
    api,
    ...(schedule === undefined ? [] : ['schedule' as const]),
    ...(team === undefined ? [] : ['team' as const]),
  );
  return {
    ...instantOf('from', from, io.now()),
    ...instantOf('to', to, io.now()),
    ...(schedule === undefined ? {} : { scheduleId: book.idOf('schedule', schedule) }),
    ...(team === undefined ? {} : { teamId: book.idOf('team', team) }),
  };
}
