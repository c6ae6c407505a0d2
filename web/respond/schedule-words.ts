import type { ScheduleLayerView, ScheduleOnCallView } from '#respond/contract';

const units = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' } as const;

/** `a new turn every week`, `every 2 days`, `turns of their own length`. */
export function rotationWords({ kind, every }: ScheduleLayerView['rotation']): string {
  if (kind === 'custom') return 'turns of their own length';
  return every === 1 ? `a new turn every ${units[kind]}` : `a new turn every ${every} ${units[kind]}s`;
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
