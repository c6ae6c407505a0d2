import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { NO_HOLIDAYS } from '../holiday/holidays.ts';
import { closuresBetween, isWithinBusinessHours, nextBusinessStart } from './business-hours.ts';

const week = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' };
const berlin = 'Europe/Berlin';
const open = { businessHours: week, timeZone: berlin, holidays: NO_HOLIDAYS };

describe('business hours', () => {
  it.each([
    ['2026-11-25T08:00:00Z', true, 'Wednesday 09:00 in Berlin, the first minute'],
    ['2026-11-25T07:59:59Z', false, 'one second before'],
    ['2026-11-25T15:59:59Z', true, 'the last second'],
    ['2026-11-25T16:00:00Z', false, 'Wednesday 17:00'],
    ['2026-11-28T11:00:00Z', false, 'Saturday noon'],
    ['2026-07-01T07:00:00Z', true, '09:00 in summer time'],
  ])('%s is %s: %s', (instant, within) => {
    expect(isWithinBusinessHours(open, new Date(instant))).toBe(within);
  });

  it.each([
    ['2026-11-25T05:00:00Z', '2026-11-25T08:00:00.000Z', 'this morning'],
    ['2026-11-25T08:00:00Z', '2026-11-25T08:00:00.000Z', 'at the opening itself'],
    ['2026-11-25T12:00:00Z', '2026-11-26T08:00:00.000Z', 'inside: the next day'],
    ['2026-11-27T18:00:00Z', '2026-11-30T08:00:00.000Z', 'over the weekend'],
    ['2026-03-27T18:00:00Z', '2026-03-30T07:00:00.000Z', 'over the start of summer time'],
  ])('after %s it opens at %s (%s)', (instant, opening) => {
    expect(nextBusinessStart(open, new Date(instant)).toISOString()).toBe(opening);
  });

  it('opens after the gap when the clock skips the start', () => {
    const night = { ...open, businessHours: { days: [7], start: '02:30', end: '05:00' } };
    const opening = nextBusinessStart(night, new Date('2026-03-28T12:00:00Z'));
    expect(opening.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(isWithinBusinessHours(night, opening)).toBe(true);
  });

  it('the next opening lies inside business hours, not before the instant and at most eight days after it', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const zone = fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, zone, instant, (days, zone, instant) => {
        const hours = { ...open, businessHours: { ...week, days }, timeZone: zone };
        const opening = nextBusinessStart(hours, instant);
        expect(isWithinBusinessHours(hours, opening)).toBe(true);
        expect(opening.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(opening.getTime() - instant.getTime()).toBeLessThanOrEqual(8 * 86_400_000);
      }),
    );
  });

  describe('on holidays', () => {
    const holidays = new Map([
      ['2026-12-25', 'Christmas Day'],
      ['2026-12-26', 'Boxing Day'],
      ['2026-12-28', 'Boxing Day (substitute day)'],
    ]);
    const closed = { ...open, holidays };

    it.each([
      ['2026-12-24T22:59:00Z', '2026-12-29T08:00:00.000Z', 'still Thursday there'],
      ['2026-12-25T08:00:00Z', '2026-12-29T08:00:00.000Z', 'Friday at nine, which would have been the opening'],
      ['2026-12-24T08:00:00Z', '2026-12-24T08:00:00.000Z', 'the day before is open'],
      ['2026-12-29T08:00:00Z', '2026-12-29T08:00:00.000Z', 'and so is the day after'],
    ])('after %s it opens at %s (%s)', (instant, opening) => {
      expect(nextBusinessStart(closed, new Date(instant)).toISOString()).toBe(opening);
    });

    it('the date is that of the zone and not of UTC', () => {
      const there = { ...open, timeZone: 'Pacific/Auckland', holidays: new Map([['2026-02-06', 'Waitangi Day']]) };
      expect(isWithinBusinessHours(there, new Date('2026-02-05T21:00:00Z'))).toBe(false);
      expect(isWithinBusinessHours(there, new Date('2026-02-04T21:00:00Z'))).toBe(true);
      expect(isWithinBusinessHours({ ...there, timeZone: 'UTC' }, new Date('2026-02-06T10:00:00Z'))).toBe(false);
      expect(isWithinBusinessHours({ ...there, timeZone: 'UTC' }, new Date('2026-02-05T10:00:00Z'))).toBe(true);
    });

    it('says what keeps it closed: no weekends, no day whose hours are over', () => {
      const until = (from: string) => closuresBetween(closed, new Date(from), new Date('2026-12-29T08:00:00Z'));
      expect(until('2026-12-24T12:00:00Z')).toEqual(['Christmas Day', 'Boxing Day (substitute day)']);
      expect(until('2026-12-25T18:00:00Z')).toEqual(['Boxing Day (substitute day)']);
      expect(until('2026-12-28T16:00:00Z')).toEqual([]);
    });

    it('a calendar that closes everything keeps no page waiting for ever', () => {
      const always = Object.assign(new Map([['2026-11-25', 'Closed']]), { has: () => true });
      const opening = nextBusinessStart({ ...open, holidays: always }, new Date('2026-11-25T05:00:00Z'));
      expect(opening.toISOString()).toBe('2026-11-25T08:00:00.000Z');
    });

    it('never opens on one, and never waits past the first day that is none', () => {
      const zone = fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
      const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
      const dates = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 });
      fc.assert(
        fc.property(zone, instant, dates, (timeZone, at, offsets) => {
          const days = offsets.map((offset) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10));
          const hours = { ...open, timeZone, holidays: new Map(days.map((date) => [date, 'Holiday'])) };
          const opening = nextBusinessStart(hours, at);
          expect(isWithinBusinessHours(hours, opening)).toBe(true);
          for (let hour = at.getTime(); hour < opening.getTime(); hour += 3_600_000)
            if (isWithinBusinessHours(hours, new Date(hour)))
              // Only what is left of the hours that run already.
              expect(isWithinBusinessHours(hours, at) || hour === at.getTime()).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
});
