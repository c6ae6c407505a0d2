import { expect, it } from 'vitest';
import { nextDrillAt } from './plan-times.ts';

const next = (every: 'week' | 'month', weekday: number, atTime: string, zone: string, after: string) =>
  nextDrillAt({ every, weekday, atTime }, zone, new Date(after)).toISOString();

it.each([
  ['later the same day', 'week', 3, '10:30', 'UTC', '2026-11-25T09:00:00Z', '2026-11-25T10:30:00.000Z'],
  ['not at its own instant', 'week', 3, '10:30', 'UTC', '2026-11-25T10:30:00Z', '2026-12-02T10:30:00.000Z'],
  ['by the clock of the zone', 'week', 1, '10:30', 'Europe/Berlin', '2026-10-24T00:00:00Z', '2026-10-26T09:30:00.000Z'],
  ['and in summer', 'week', 1, '10:30', 'Europe/Berlin', '2026-10-17T00:00:00Z', '2026-10-19T08:30:00.000Z'],
  ['the first weekday of a month', 'month', 2, '14:00', 'UTC', '2026-11-25T00:00:00Z', '2026-12-01T14:00:00.000Z'],
  ['which may be its seventh', 'month', 1, '14:00', 'UTC', '2026-11-25T00:00:00Z', '2026-12-07T14:00:00.000Z'],
  ['of the month after', 'month', 2, '14:00', 'UTC', '2026-12-01T14:00:00Z', '2027-01-05T14:00:00.000Z'],
  [
    'after a time that the clock skips',
    'week',
    7,
    '02:30',
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:30:00.000Z',
  ],
] as const)('comes %s', (_, every, weekday, atTime, zone, after, expected) => {
  expect(next(every, weekday, atTime, zone, after)).toBe(expected);
});
