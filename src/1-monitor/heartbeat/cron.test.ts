import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron, upcoming } from './cron.ts';

const next = (text: string, timeZone: string, after: string, count = 3) =>
  upcoming(parseCron(text), timeZone, new Date(after), count).map((at) => at.toISOString().slice(0, 16));

describe('a cron expression', () => {
  it.each([
    ['*/15 * * * *', '2026-11-23T10:07:00Z', ['2026-11-23T10:15', '2026-11-23T10:30', '2026-11-23T10:45']],
    ['5/20 3 * * *', '2026-11-23T10:07:00Z', ['2026-11-24T03:05', '2026-11-24T03:25', '2026-11-24T03:45']],
    ['0 0 31 * *', '2026-11-23T00:00:00Z', ['2026-12-31T00:00', '2027-01-31T00:00', '2027-03-31T00:00']],
    ['0 6 L * *', '2027-01-31T06:00:00Z', ['2027-02-28T06:00', '2027-03-31T06:00', '2027-04-30T06:00']],
    ['0 9 * * MON-FRI', '2026-11-27T09:00:00Z', ['2026-11-30T09:00', '2026-12-01T09:00', '2026-12-02T09:00']],
    ['0 9 * * fri-sun', '2026-11-27T09:00:00Z', ['2026-11-28T09:00', '2026-11-29T09:00', '2026-12-04T09:00']],
    ['0 9 * * 7', '2026-11-27T09:00:00Z', ['2026-11-29T09:00', '2026-12-06T09:00', '2026-12-13T09:00']],
    ['0 9 * * 5L', '2026-11-01T00:00:00Z', ['2026-11-27T09:00', '2026-12-25T09:00', '2027-01-29T09:00']],
    ['0 9 * * FRI#2', '2026-11-01T00:00:00Z', ['2026-11-13T09:00', '2026-12-11T09:00', '2027-01-08T09:00']],
    ['0 0 29 FEB *', '2097-01-01T00:00:00Z', ['2104-02-29T00:00', '2108-02-29T00:00', '2112-02-29T00:00']],
    // Either field is enough when neither is a star …
    ['0 0 13 * FRI', '2026-11-07T00:00:00Z', ['2026-11-13T00:00', '2026-11-20T00:00', '2026-11-27T00:00']],
    // … and both are needed when one is.
    ['0 0 */2 * MON', '2026-11-01T00:00:00Z', ['2026-11-09T00:00', '2026-11-23T00:00', '2026-12-07T00:00']],
    ['@daily', '2026-11-23T10:00:00Z', ['2026-11-24T00:00', '2026-11-25T00:00', '2026-11-26T00:00']],
    ['0 8,20 1-3,15 JAN *', '2026-11-23T10:00:00Z', ['2027-01-01T08:00', '2027-01-01T20:00', '2027-01-02T08:00']],
  ])('%s after %s', (text, after, expected) => expect(next(text, 'UTC', after)).toEqual(expected));

  it.each([
    ['', 'has five fields'],
    ['* * * *', 'has five fields'],
    ['0 * * * * *', 'has five fields, not 6'],
    ['60 * * * *', 'the minute is a number from 0 to 59, not "60"'],
    ['* 24 * * *', 'the hour is a number from 0 to 23'],
    ['* * 0 * *', 'the day of the month is a number from 1 to 31'],
    ['* * * MOO *', 'the month is a number from 1 to 12 or a name such as FEB, not "MOO"'],
    ['* * * * 8', 'the day of the week is a number from 0 to 7'],
    ['*/0 * * * *', 'the step of the minute must be a number from 1'],
    ['5-1 * * * *', 'the minute 5-1 runs backwards'],
    ['1,,2 * * * *', 'the minute nothing cannot be read'],
    ['1/2/3 * * * *', 'cannot be read'],
    ['1-2-3 * * * *', 'cannot be read'],
    ['0 0 * * 5#6', '# takes 1 to 5'],
    ['@often', 'there is no @often'],
    ['1e1 * * * *', 'the minute is a number'],
  ])('%j is refused in words', (text, fault) => expect(() => parseCron(text)).toThrow(fault));

  it('that never comes has no times', () => expect(next('0 0 30 2 *', 'UTC', '2026-11-23T00:00:00Z')).toEqual([]));
});

describe('when clocks change', () => {
  it('a time of day that is left out comes at the end of the gap, once', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z', 2)).toEqual([
      '2027-03-28T01:00', // 03:00, for 02:30 is not there
      '2027-03-29T00:30',
    ]);
    expect(next('0,30 2,3 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z', 3)).toEqual([
      '2027-03-28T01:00',
      '2027-03-28T01:30',
      '2027-03-29T00:00',
    ]);
  });
  it('a time of day that comes twice counts once, the first time', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });
  it('a rhythm goes on evenly through both', () => {
    expect(next('*/30 * * * *', 'America/New_York', '2026-11-01T05:00:00Z', 4)).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T06:00',
      '2026-11-01T06:30',
      '2026-11-01T07:00',
    ]);
  });
});

/** Days around changes of the clock: by an hour, by half an hour, at midnight both ways, and none at all. */
const CHANGES = [
  ['Europe/Berlin', '2027-03-28'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2026-11-01'],
  ['America/Santiago', '2026-09-06'],
  ['America/Santiago', '2026-04-05'],
  ['Africa/Cairo', '2027-04-30'],
  ['America/Havana', '2026-11-01'],
  ['America/Nuuk', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['Asia/Kathmandu', '2026-11-23'],
] as const;

type Wall = { readonly ms: number; readonly date: string; readonly minute: number };

/** Every minute of a week as the clock on the wall shows it, by another way than the code under test. */
function wallClock(timeZone: string, day: string): Wall[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const from = Date.parse(`${day}T00:00:00Z`) - 3 * 86_400_000;
  return Array.from({ length: 7 * 1_440 }, (_, index) => {
    const ms = from + index * 60_000;
    const [date = '', time = ''] = format.format(ms).split(' ');
    const [hour = '', minute = ''] = time.split(':');
    return { ms, date, minute: Number(hour) * 60 + Number(minute) };
  });
}

const WEEKS = CHANGES.map(([timeZone, day]) => ({ timeZone, week: wallClock(timeZone, day) }));
const field = (max: number) =>
  fc.oneof(
    fc.nat(max).map((value) => ({ text: `${value}`, fits: (at: number) => at === value, star: false })),
    fc.constant({ text: '*', fits: () => true, star: true }),
    fc
      .integer({ min: 2, max: 30 })
      .map((step) => ({ text: `*/${step}`, fits: (at: number) => at % step === 0, star: true })),
    fc
      .tuple(fc.nat(max), fc.nat(max))
      .map(([a, b]) => ({ text: `${a},${b}`, fits: (at: number) => at === a || at === b, star: false })),
    // Hours and minutes near the changes, which are few.
    fc
      .constantFrom(0, 1, 2, 3, 23)
      .map((value) => ({ text: `${value}`, fits: (at: number) => at === value, star: false })),
  );

/** The minutes of the day that the clock left out between one minute and the next. */
function skippedBetween(before: Wall, after: Wall): number[] {
  const shown = (after.date === before.date ? 0 : 1_440) + after.minute - before.minute;
  return Array.from({ length: Math.max(0, shown - 1) }, (_, index) => (before.minute + 1 + index) % 1_440);
}

describe('every expression', () => {
  it('comes when counting the minutes of a week one by one says so', () => {
    fc.assert(
      fc.property(fc.nat(WEEKS.length - 1), field(59), field(23), (index, minute, hour) => {
        const { timeZone = 'UTC', week = [] } = WEEKS[index] ?? {};
        const fixed = !minute.star && !hour.star;
        const fits = (at: number) => minute.fits(at % 60) && hour.fits(Math.floor(at / 60));
        const expected = new Set<number>();
        const seen = new Set<string>();
        let before: Wall | undefined;
        for (const at of week) {
          const name = `${at.date} ${at.minute}`;
          if (fits(at.minute) && !(fixed && seen.has(name))) expected.add(at.ms);
          seen.add(name);
          if (before && fixed) for (const minute of skippedBetween(before, at)) if (fits(minute)) expected.add(at.ms);
          before = at;
        }
        const cron = parseCron(`${minute.text} ${hour.text} * * *`);
        const [first] = week;
        const last = week.at(-1);
        const found = upcoming(cron, timeZone, new Date((first?.ms ?? 0) - 1), expected.size + 1);
        const inside = found.map((at) => at.getTime()).filter((ms) => ms <= (last?.ms ?? 0));
        expect(inside).toEqual([...expected].toSorted((a, b) => a - b));
      }),
      { numRuns: 150 },
    );
  });
});
