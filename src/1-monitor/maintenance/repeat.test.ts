import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrences, type Recurrence } from './repeat.ts';
import type { Repeat } from './series-contract.ts';

const of = (repeat: Repeat, rest: Partial<Recurrence> = {}): Recurrence => ({
  repeat,
  timeZone: 'Europe/Berlin',
  durationSeconds: 3_600,
  fromDate: '2026-01-01',
  untilDate: null,
  ...rest,
});
const shown = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'minute' });
const starts = (recurrence: Recurrence, after: string, count = 3) =>
  nextOccurrences(recurrence, new Date(after), count).map(({ startsAt }) => shown(startsAt, recurrence.timeZone));

const NOW = '2026-11-25T10:00:00Z';

describe('maintenance that comes again', () => {
  it.each<[string, Repeat, string[]]>([
    [
      'every day',
      { every: 'day', atTime: '22:00' },
      ['2026-11-25T22:00+01:00', '2026-11-26T22:00+01:00', '2026-11-27T22:00+01:00'],
    ],
    [
      'on some days of the week',
      { every: 'week', atTime: '02:00', days: [7, 3] },
      ['2026-11-29T02:00+01:00', '2026-12-02T02:00+01:00', '2026-12-06T02:00+01:00'],
    ],
    [
      'on a day of the month, which not every month has',
      { every: 'month', atTime: '02:00', on: { day: 31 } },
      ['2026-12-31T02:00+01:00', '2027-01-31T02:00+01:00', '2027-03-31T02:00+02:00'],
    ],
    [
      'on the last day of the month',
      { every: 'month', atTime: '02:00', on: { day: 'last' } },
      ['2026-11-30T02:00+01:00', '2026-12-31T02:00+01:00', '2027-01-31T02:00+01:00'],
    ],
    [
      'on the second Tuesday of the month',
      { every: 'month', atTime: '02:00', on: { nth: 2, weekday: 2 } },
      ['2026-12-08T02:00+01:00', '2027-01-12T02:00+01:00', '2027-02-09T02:00+01:00'],
    ],
    [
      'on the last Sunday of the month',
      { every: 'month', atTime: '02:00', on: { nth: 'last', weekday: 7 } },
      ['2026-11-29T02:00+01:00', '2026-12-27T02:00+01:00', '2027-01-31T02:00+01:00'],
    ],
    [
      'by a cron expression',
      { every: 'cron', expression: '30 4 * * 1-5' },
      ['2026-11-26T04:30+01:00', '2026-11-27T04:30+01:00', '2026-11-30T04:30+01:00'],
    ],
  ])('%s', (_, repeat, expected) => {
    expect(starts(of(repeat), NOW)).toEqual(expected);
  });

  it.each<[string, Repeat]>([
    ['calendar', { every: 'day', atTime: '02:30' }],
    ['cron', { every: 'cron', expression: '30 2 * * *' }],
  ])('begins at the end of a gap, and at the first of two equal times (%s)', (_, repeat) => {
    expect(starts(of(repeat), '2026-03-28T12:00:00Z', 2)).toEqual(['2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00']);
    expect(starts(of(repeat), '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00']);
  });

  it('lasts as long as was said, whatever the clock does meanwhile', () => {
    const recurrence = of({ every: 'day', atTime: '01:30' }, { durationSeconds: 7_200 });
    const [spring] = nextOccurrences(recurrence, new Date('2026-03-28T12:00:00Z'), 1);
    expect(spring && [shown(spring.startsAt, 'Europe/Berlin'), shown(spring.endsAt, 'Europe/Berlin')]).toEqual([
      '2026-03-29T01:30+01:00',
      '2026-03-29T04:30+02:00',
    ]);
  });

  it.each<[string, Repeat]>([
    ['calendar', { every: 'day', atTime: '23:30' }],
    ['cron', { every: 'cron', expression: '30 23 * * *' }],
  ])('keeps to its first and its last date, in its zone (%s)', (_, repeat) => {
    const recurrence = of(repeat, { timeZone: 'Asia/Tokyo', fromDate: '2026-12-01', untilDate: '2026-12-02' });
    expect(starts(recurrence, NOW, 9)).toEqual(['2026-12-01T23:30+09:00', '2026-12-02T23:30+09:00']);
    expect(starts(recurrence, '2026-12-01T14:30:00Z', 9)).toEqual(['2026-12-02T23:30+09:00']);
  });

  const two = (number: number) => String(number).padStart(2, '0');
  const at = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
  const weekday = fc.integer({ min: 1, max: 7 });
  const repeats: fc.Arbitrary<Exclude<Repeat, { every: 'cron' }>> = fc.oneof(
    fc.record({ every: fc.constant('day' as const), atTime: at }),
    fc.record({ every: fc.constant('week' as const), atTime: at, days: fc.uniqueArray(weekday, { minLength: 1 }) }),
    fc.record({
      every: fc.constant('month' as const),
      atTime: at,
      on: fc.oneof(
        fc.record({ day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)) }),
        fc.record({ nth: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant('last' as const)), weekday }),
      ),
    }),
  );
  const zone = fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut');
  const instant = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z') / 60_000, max: Date.parse('2027-12-31T00:00:00Z') / 60_000 })
    .map((minutes) => new Date(minutes * 60_000));

  it('comes in order, each once, and the same wherever one begins to ask', () => {
    fc.assert(
      fc.property(repeats, zone, instant, (repeat, timeZone, after) => {
        const recurrence = of(repeat, { timeZone, durationSeconds: 5_400 });
        const all = nextOccurrences(recurrence, after, 8);
        expect(all).toHaveLength(8);
        let before = after;
        for (const one of all) {
          expect(one.startsAt.getTime()).toBeGreaterThan(before.getTime());
          expect(one.endsAt.getTime() - one.startsAt.getTime()).toBe(5_400_000);
          expect(nextOccurrences(recurrence, before, 1)).toEqual([one]);
          expect(nextOccurrences(recurrence, new Date(one.startsAt.getTime() - 1), 1)).toEqual([one]);
          before = one.startsAt;
        }
      }),
    );
  });

  it('shows the wall time that was said, except where the clock leaves it out', () => {
    fc.assert(
      fc.property(repeats, zone, instant, (repeat, timeZone, after) => {
        for (const { startsAt } of nextOccurrences(of(repeat, { timeZone }), after, 8)) {
          const wall = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(timeZone);
          const asSaid = wall.toPlainTime().toString({ smallestUnit: 'minute' }) === repeat.atTime;
          const changesThen = wall.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next')?.equals(wall) ?? false;
          expect(asSaid || changesThen).toBe(true);
          // Of two equal times the first: an hour earlier the clock does not show the same.
          const earlier = wall.subtract({ minutes: 30 }).toPlainTime().equals(wall.toPlainTime());
          const hourEarlier = wall.subtract({ hours: 1 }).toPlainTime().equals(wall.toPlainTime());
          expect(earlier || hourEarlier).toBe(false);
        }
      }),
    );
  });

  it('is on the same days as a cron expression that says the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(weekday, { minLength: 1 }), at, zone, instant, (days, time, timeZone, after) => {
        const [hour, minute] = time.split(':').map(Number);
        const expression = `${minute} ${hour} * * ${days.map((day) => day % 7).join(',')}`;
        const weekly = nextOccurrences(of({ every: 'week', atTime: time, days }, { timeZone }), after, 20);
        expect(nextOccurrences(of({ every: 'cron', expression }, { timeZone }), after, 20)).toEqual(weekly);
      }),
    );
  });
});
