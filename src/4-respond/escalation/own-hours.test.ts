import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, everComes, firstUncovered, isInHours } from './own-hours.ts';
import { minuteWords, ownHoursWords } from './own-hours-words.ts';
import { type OwnHours, stepOf } from './policy.ts';
import { uncoveredBy } from './refuse-policy.ts';

const BERLIN = 'Europe/Berlin';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const hours = (days: readonly number[], from: string, to: string, rest: Partial<OwnHours> = {}): OwnHours => ({
  op: 'within',
  days,
  from,
  to,
  timeZone: null,
  ...rest,
});
const at = (wallTime: string, timeZone = BERLIN) =>
  new Date(Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timeZone).epochMilliseconds);

const wallTimes = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][quarter % 4] ?? ''}`,
  );
const anyHours = fc.record({
  op: fc.constantFrom('within', 'outside'),
  days: fc.subarray(EVERY_DAY, { minLength: 1 }),
  from: wallTimes,
  to: wallTimes,
  timeZone: fc.constantFrom(null, 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kolkata'),
});

describe('hours of a step', () => {
  it.each([
    ['2026-11-27T21:59', false],
    ['2026-11-27T22:00', true],
    ['2026-11-28T00:00', true],
    ['2026-11-28T05:59', true],
    ['2026-11-28T06:00', false],
    // Saturday is no such day, but Friday's night goes into it; Sunday's begins the week.
    ['2026-11-28T22:00', false],
    ['2026-11-29T05:00', false],
    ['2026-11-30T05:59', true],
  ])('past midnight belong to the day on which they begin: %s', (when, expected) => {
    const nights = hours([5, 7], '22:00', '06:00');
    expect(isInHours(nights, BERLIN, at(when))).toBe(expected);
    expect(isInHours({ ...nights, op: 'outside' }, BERLIN, at(when))).toBe(!expected);
  });

  it('go by the clock on the wall where it skips or repeats an hour', () => {
    const early = hours(EVERY_DAY, '02:30', '04:00');
    const on = (instant: string) => isInHours(early, BERLIN, new Date(instant));
    // Half past two is skipped: the clock shows three at 01:00 UTC.
    expect([on('2027-03-28T00:59:59Z'), on('2027-03-28T01:00:00Z'), on('2027-03-28T02:00:00Z')]).toEqual([
      false,
      true,
      false,
    ]);
    // It comes twice, and so does what lies before it.
    expect([on('2026-10-25T00:30:00Z'), on('2026-10-25T01:15:00Z'), on('2026-10-25T01:30:00Z')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are those of their own zone when they name one', () => {
    const office = hours([1, 2, 3, 4, 5], '09:00', '17:00', { timeZone: 'America/New_York' });
    expect(isInHours(office, BERLIN, at('2026-11-24T09:00', 'America/New_York'))).toBe(true);
    expect(isInHours(office, BERLIN, at('2026-11-24T09:00'))).toBe(false);
  });

  it('change only at the instants that are named for a window, whatever the clocks do', () => {
    const starts = ['2026-10-24T10:00:00Z', '2027-03-13T20:00:00Z', '2027-03-27T08:00:00Z', '2027-04-03T03:00:00Z'];
    fc.assert(
      fc.property(anyHours, fc.constantFrom(...starts), (one, start) => {
        const from = new Date(start);
        const until = new Date(from.getTime() + 3 * 86_400_000);
        const named = new Set(changesOf(one, BERLIN, from, until));
        let before = isInHours(one, BERLIN, from);
        for (let ms = from.getTime() + 900_000; ms < until.getTime(); ms += 900_000) {
          const now = isInHours(one, BERLIN, new Date(ms));
          if (now !== before) expect(named, new Date(ms).toISOString()).toContain(ms);
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave nothing with all others, and are never all that is left out', () => {
    fc.assert(
      fc.property(anyHours, (one) => {
        const others: OwnHours = { ...one, op: one.op === 'within' ? 'outside' : 'within' };
        expect(firstUncovered([one, others], BERLIN, at('2026-11-24T10:00'))).toBeNull();
        expect(everComes(one)).toBe(firstUncovered([others], BERLIN, at('2026-11-24T10:00')) !== null);
      }),
      { numRuns: 40 },
    );
  });

  it('of several zones are laid over each other as they lie in the course of a year', () => {
    const berlin = hours(EVERY_DAY, '09:00', '18:00', { timeZone: BERLIN });
    const newYork = (until: string) => hours(EVERY_DAY, '12:00', until, { timeZone: 'America/New_York' });
    const now = at('2026-11-24T10:00');
    // Six hours apart but for weeks in spring and autumn, when they are five.
    expect(firstUncovered([berlin, newYork('03:00')], 'UTC', now)).toEqual({ minute: 8 * 60, timeZone: BERLIN });
    expect(firstUncovered([berlin, newYork('04:00')], 'UTC', now)).toBeNull();
  });

  it('are said in few words', () => {
    expect(ownHoursWords(hours([1, 2, 3, 4, 5], '09:00', '17:00'))).toBe('Mon–Fri 09:00–17:00');
    expect(ownHoursWords(hours([7, 1], '22:00', '06:00', { op: 'outside', timeZone: BERLIN }))).toBe(
      'outside Mon, Sun 22:00–06:00 (Europe/Berlin)',
    );
    expect(ownHoursWords(hours(EVERY_DAY, '00:00', '00:00'))).toBe('daily all day');
    expect(minuteWords(1_440 + 545)).toBe('on Tue at 09:05');
  });
});

describe('a policy with hours of its own', () => {
  const office = { ...stepOf(['a'], 300), onlyHours: hours([1, 2, 3, 4, 5], '09:00', '17:00') };
  const rest = { ...stepOf(['b'], 300), onlyHours: hours([1, 2, 3, 4, 5], '09:00', '17:00', { op: 'outside' }) };
  it.each([
    [[office, rest], null],
    [[office, stepOf(['b'], 300)], null],
    [[office], 'a page of high urgency on Mon at 00:00 (Europe/Berlin)'],
    // Business hours do not run on holidays, so that they are not the same as hours that look like them.
    [
      [office, { ...stepOf(['b'], 300), onlyHours: 'off' as const }],
      'a page of high urgency on Mon at 00:00 (Europe/Berlin) when business hours run',
    ],
    [[office, { ...rest, onlyUrgency: 'high' as const }], 'a page of low urgency on Mon at 00:00 (Europe/Berlin)'],
  ])('is told which pages it leaves out', (steps, expected) => {
    expect(uncoveredBy({ steps }, { timeZone: BERLIN, at: at('2026-11-24T10:00') })).toBe(expected);
  });
});
