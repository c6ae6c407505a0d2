import type { ScheduleLayerView, ScheduleOnCallView } from '#respond/contract';
import { weekdays } from './weekdays.ts';

const units = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** `a new turn every week`, `every 2 days`, `turns of their own length`. */
export function rotationWords({ kind, every }: ScheduleLayerView['rotation']): string {
  if (kind === 'custom') return 'turns of their own length';
  return every === 1 ? `a new turn every ${units[kind]}` : `a new turn every ${every} ${units[kind]}s`;
}

/** `Mon–Fri 09:00–17:00, Sat and Sun all day`; how many stretches there are when they are too many to read. */
export function hoursWords(restrictions: ScheduleLayerView['restrictions']): string {
  if (restrictions.length > 3) return `in ${restrictions.length} stretches of the week`;
  return restrictions
    .map(({ days, start, end }) => {
      const hours = start === '00:00' && end === '24:00' ? 'all day' : `${start}–${end}`;
      return days.length === 7 ? (hours === 'all day' ? hours : `daily ${hours}`) : `${dayWords(days)} ${hours}`;
    })
    .join(', ');
}

/** `Mon–Wed, Fri`: days that follow one another, from the first to the last. */
function dayWords(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days.toSorted((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const short = (day: number | undefined) => (weekdays[(day ?? 1) - 1] ?? '').slice(0, 3);
  return runs
    .map((run) => (run.length < 3 ? run.map(short).join(', ') : `${short(run[0])}–${short(run.at(-1))}`))
    .join(', ');
}

/** Why nobody is on call, and who would be. */
export function gapWords(gap: NonNullable<ScheduleOnCallView['gap']>, nameOf: (id: string) => string): string {
  const people = gap.userIds.map(nameOf).join(', ');
  switch (gap.reason) {
    case 'not-begun':
      return 'it has not begun';
    case 'restricted':
      return 'outside the hours of every layer';
    case 'unassigned':
      return 'the turn is left open';
    case 'away':
      return `away: ${people}`;
    case 'removed':
      return `taken off: ${people}`;
  }
}
