import { listTeams } from '#access/contract';
import { listSchedules, loadCsv, type PersonLoadView, readLoad, suggestSwapsRoute } from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';

export type LoadOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly schedule?: string;
  readonly team?: string;
  readonly csv?: boolean;
};

/** What on-call asked of each person, and what would even it out; or every day of it for pay. */
export async function load(api: Api, io: Io, options: LoadOptions): Promise<Outcome> {
  const query = await queryOf(api, options);
  if (options.csv === true) {
    const { days } = await api.call(readLoad, { query: { ...query, days: 'true' } });
    return { text: loadCsv(days).trimEnd(), data: days };
  }
  const report = await api.call(readLoad, { query });
  if (report.people.length === 0) return { text: 'Nobody was on call by a schedule.', data: report };
  const { items } = await api.call(suggestSwapsRoute, { query });
  const swaps = items.map(
    (swap) =>
      `${swap.toUserName} could take ${swap.fromUserName}'s shift in ${swap.scheduleName}, ${moment(swap.startsAt, io.now())}: ${formatDuration(swap.evensOutSeconds)} less between them.`,
  );
  const lines = [columns([HEAD, ...report.people.map(row)]), ...(swaps.length > 0 ? ['', ...swaps] : [])];
  return { text: lines.join('\n'), data: { ...report, swaps: items } };
}

const HEAD = ['', 'hours', 'nights', 'free days', 'of average', 'pages', 'outside hours'];

function row(person: PersonLoadView): string[] {
  const hours = (seconds: number) => `${Math.round(seconds / 3_600)} h`;
  return [
    person.userName,
    hours(person.totalSeconds),
    hours(person.nightSeconds + person.freeNightSeconds),
    hours(person.freeDaySeconds + person.freeNightSeconds),
    person.timeShare === null ? '' : `${person.timeShare} x`,
    String(person.pages),
    `${person.interruptions}${person.interruptedNights > 0 ? `, ${count(person.interruptedNights, 'broken night')}` : ''}`,
  ];
}

async function queryOf(api: Api, { from, to, schedule, team }: LoadOptions) {
  const schedules = schedule === undefined ? [] : (await api.call(listSchedules, { query: { limit: 200 } })).items;
  const teams = team === undefined ? [] : (await api.call(listTeams, { query: { limit: 200 } })).items;
  return {
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to) }),
    ...(schedule === undefined ? {} : { scheduleId: named(schedules, schedule, 'on-call schedule') }),
    ...(team === undefined ? {} : { teamId: named(teams, team, 'team') }),
  };
}

function named(items: readonly { readonly id: string; readonly name: string }[], name: string, noun: string): string {
  const found = items.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new CommandError(`There is no ${noun} ${name}.`);
  return found.id;
}

function instantOf(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new CommandError(`${text} is not a time. Write it as 2026-11-25T10:00:00Z.`);
  return at.toISOString();
}
