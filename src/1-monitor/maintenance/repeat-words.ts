import type { Repeat } from './series-contract.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const COUNTS = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' } as const;

/** When planned work comes again, for people: `every Monday and Thursday at 02:00`. */
export function repeatWords(repeat: Repeat): string {
  switch (repeat.every) {
    case 'day':
      return `every day at ${repeat.atTime}`;
    case 'week':
      return repeat.days.length === 7
        ? `every day at ${repeat.atTime}`
        : `every ${listed(repeat.days)} at ${repeat.atTime}`;
    case 'month':
      return `on the ${dayWords(repeat.on)} of the month at ${repeat.atTime}`;
    case 'cron':
      return `by cron ${repeat.expression}`;
  }
}

function dayWords(on: Extract<Repeat, { every: 'month' }>['on']): string {
  if ('day' in on) return on.day === 'last' ? 'last day' : ordinal(on.day);
  return `${COUNTS[on.nth as keyof typeof COUNTS] ?? ''} ${WEEKDAYS[on.weekday - 1] ?? ''}`;
}

function listed(days: readonly number[]): string {
  const names = days.toSorted((a, b) => a - b).map((day) => WEEKDAYS[day - 1] ?? '');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}
