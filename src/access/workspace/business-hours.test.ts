import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isWithinBusinessHours, nextBusinessStart } from './business-hours.ts';

const week = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' };
const berlin = 'Europe/Berlin';

describe('business hours', () => {
  it.each([
    ['2026-11-25T08:00:00Z', true, 'Wednesday 09:00 in Berlin, the first minute'],
    ['2026-11-25T07:59:59Z', false, 'one second before'],
    ['2026-11-25T15:59:59Z', true, 'the last second'],
    ['2026-11-25T16:00:00Z', false, 'Wednesday 17:00'],
    ['2026-11-28T11:00:00Z', false, 'Saturday noon'],
    ['2026-07-01T07:00:00Z', true, '09:00 in summer time'],
  ])('%s is %s: %s', (instant, within) => {
    expect(isWithinBusinessHours(week, berlin, new Date(instant))).toBe(within);
  });

  it.each([
    ['2026-11-25T05:00:00Z', '2026-11-25T08:00:00.000Z', 'this morning'],
    ['2026-11-25T08:00:00Z', '2026-11-25T08:00:00.000Z', 'at the opening itself'],
    ['2026-11-25T12:00:00Z', '2026-11-26T08:00:00.000Z', 'inside: the next day'],
    ['2026-11-27T18:00:00Z', '2026-11-30T08:00:00.000Z', 'over the weekend'],
    ['2026-03-27T18:00:00Z', '2026-03-30T07:00:00.000Z', 'over the start of summer time'],
  ])('after %s it opens at %s (%s)', (instant, opening) => {
    expect(nextBusinessStart(week, berlin, new Date(instant)).toISOString()).toBe(opening);
  });

  it('opens after the gap when the clock skips the start', () => {
    const night = { days: [7], start: '02:30', end: '05:00' };
    const opening = nextBusinessStart(night, berlin, new Date('2026-03-28T12:00:00Z'));
    expect(opening.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(isWithinBusinessHours(night, berlin, opening)).toBe(true);
  });

  it('the next opening lies inside business hours, not before the instant and at most eight days after it', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const zone = fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, zone, instant, (days, zone, instant) => {
        const hours = { ...week, days };
        const opening = nextBusinessStart(hours, zone, instant);
        expect(isWithinBusinessHours(hours, zone, opening)).toBe(true);
        expect(opening.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(opening.getTime() - instant.getTime()).toBeLessThanOrEqual(8 * 86_400_000);
      }),
    );
  });
});
