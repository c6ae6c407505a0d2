import { describe, expect, it } from 'vitest';
import { clockNotes, restrictionsOf, rotationOf } from './wall-time.ts';

describe('a stretch of wall time', () => {
  it.each([
    ['within a day', [[1], 540, 480], [{ days: [1], start: '09:00', end: '17:00' }]],
    ['until midnight', [[3], 1_320, 120], [{ days: [3], start: '22:00', end: '24:00' }]],
    [
      'over midnight, from Sunday into Monday',
      [[7], 1_320, 480],
      [
        { days: [7], start: '22:00', end: '24:00' },
        { days: [1], start: '00:00', end: '06:00' },
      ],
    ],
    [
      'over a whole weekend',
      [[5], 1_020, 3_840],
      [
        { days: [5], start: '17:00', end: '24:00' },
        { days: [6], start: '00:00', end: '24:00' },
        { days: [7], start: '00:00', end: '24:00' },
        { days: [1], start: '00:00', end: '09:00' },
      ],
    ],
    ['of no length', [[1], 540, 0], []],
  ] as const)('%s is one restriction a day', (_, [days, start, length], expected) =>
    expect(restrictionsOf([...days], start, length)).toEqual(expected),
  );

  it('is at most a week', () => expect(restrictionsOf([1], 0, 100_000)).toHaveLength(7));
});

it.each([
  [3_600, { kind: 'hourly', every: 1 }],
  [43_200, { kind: 'hourly', every: 12 }],
  [172_800, { kind: 'daily', every: 2 }],
  [1_209_600, { kind: 'weekly', every: 2 }],
  [1_800, null],
  [5_400, null],
])('a turn of %i s is %j', (seconds, rotation) => expect(rotationOf(seconds)).toEqual(rotation));

describe('a change of the clock', () => {
  const layer = (beginsAt: string, kind: 'hourly' | 'daily' = 'daily') => ({
    name: 'L',
    shadow: false,
    beginsAt,
    rotation: { kind, every: 1 },
    turns: [],
    restrictions: [],
    whenAway: 'leave-open' as const,
  });
  const notes = (beginsAt: string, zone: string, kind?: 'hourly') =>
    clockNotes(layer(beginsAt, kind), zone, Date.parse('2026-07-01T00:00:00Z')).map(({ text }) => text);

  it.each([
    ['2026-01-31T02:30', 'Europe/Berlin', /comes twice on 2026-10-25/],
    ['2026-01-31T01:45', 'Australia/Lord_Howe', /comes twice on 2027-04-04/],
    ['2026-01-31T02:15', 'Australia/Lord_Howe', /does not come on 2026-10-04: the shift begins at 02:30/],
  ])('hits a hand-off at %s in %s', (beginsAt, zone, said) => expect(notes(beginsAt, zone)[0]).toMatch(said));

  it.each([
    ['2026-01-31T09:00', 'Europe/Berlin'],
    ['2026-01-31T02:30', 'Asia/Tokyo'],
    ['2026-01-31T03:00', 'Europe/Berlin'],
  ])('does not hit one at %s in %s', (beginsAt, zone) => expect(notes(beginsAt, zone)).toEqual([]));

  it('makes some turns of hours longer or shorter', () =>
    expect(notes('2026-01-31T09:00', 'Europe/Berlin', 'hourly')[0]).toContain('2026-10-25'));
});
