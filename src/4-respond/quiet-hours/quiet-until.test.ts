import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesNothing, quietUntil, whenTold } from './quiet-until.ts';

const BERLIN = 'Europe/Berlin';
const daily = [1, 2, 3, 4, 5, 6, 7];
const nights = [{ days: daily, start: '22:00', end: '07:00' }];
const at = (instant: string) => new Date(instant);
const end = (windows: Parameters<typeof quietUntil>[0], instant: string, zone = BERLIN) =>
  quietUntil(windows, zone, at(instant))?.toISOString() ?? null;

describe('quiet hours', () => {
  it.each([
    ['before midnight', '2026-11-25T22:30:00Z', '2026-11-26T06:00:00.000Z'],
    ['after midnight', '2026-11-26T02:00:00Z', '2026-11-26T06:00:00.000Z'],
    ['at their first moment', '2026-11-25T21:00:00Z', '2026-11-26T06:00:00.000Z'],
    ['at their end', '2026-11-26T06:00:00Z', null],
    ['by day', '2026-11-26T12:00:00Z', null],
    ['in the night in which the clock goes back', '2026-10-24T21:00:00Z', '2026-10-25T06:00:00.000Z'],
    ['in the night in which it goes forward', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00.000Z'],
  ])('end by the person’s clock, asked %s', (_when, instant, expected) => {
    expect(end(nights, instant)).toBe(expected);
  });

  it('belong to the day on which they begin', () => {
    const weeknights = [{ days: [1, 2, 3, 4, 5], start: '22:00', end: '07:00' }];
    // Saturday at 02:00 is Friday's night, Sunday at 02:00 is nobody's.
    expect(end(weeknights, '2026-11-28T01:00:00Z')).toBe('2026-11-28T06:00:00.000Z');
    expect(end(weeknights, '2026-11-29T01:00:00Z')).toBeNull();
  });

  it('that touch are one stretch', () => {
    const weekend = [
      { days: [5], start: '18:00', end: '24:00' },
      { days: [6, 7], start: '00:00', end: '24:00' },
      { days: [1], start: '00:00', end: '08:00' },
    ];
    expect(end(weekend, '2026-11-27T18:00:00Z')).toBe('2026-11-30T07:00:00.000Z');
  });

  it('that end at a time which the clock leaves out or shows twice end after it', () => {
    const odd = [{ days: daily, start: '22:00', end: '02:30' }];
    expect(end(odd, '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(end(odd, '2026-10-25T00:45:00Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('have to leave something of the week', () => {
    expect(leavesNothing([{ days: daily, start: '00:00', end: '24:00' }])).toBe(true);
    expect(leavesNothing([{ days: daily, start: '10:00', end: '09:00' }])).toBe(false);
    expect(leavesNothing([])).toBe(false);
  });
});

describe('a message', () => {
  const quietAt = (instant: Date) => quietUntil(nights, BERLIN, instant);
  const told = (instant: string, delaySeconds: number) => {
    const { dueAt, quietUntil: until } = whenTold(quietAt, at(instant), delaySeconds);
    return [dueAt.toISOString(), until?.toISOString() ?? null];
  };

  it('waits for the end, and its delay counts from there', () => {
    expect(told('2026-11-25T23:00:00Z', 0)).toEqual(['2026-11-26T06:00:00.000Z', '2026-11-26T06:00:00.000Z']);
    expect(told('2026-11-25T23:00:00Z', 300)).toEqual(['2026-11-26T06:05:00.000Z', '2026-11-26T06:00:00.000Z']);
  });

  it('waits when its delay runs into them', () => {
    expect(told('2026-11-25T20:58:00Z', 0)).toEqual(['2026-11-25T20:58:00.000Z', null]);
    expect(told('2026-11-25T20:58:00Z', 300)).toEqual(['2026-11-26T06:00:00.000Z', '2026-11-26T06:00:00.000Z']);
  });

  it('never goes out in them, nor before its delay, and goes out in the end', () => {
    const wall = fc
      .tuple(fc.nat(23), fc.constantFrom('00', '30'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const window = fc
      .record({ days: fc.uniqueArray(fc.constantFrom(...daily), { minLength: 1 }), start: wall, end: wall })
      .filter(({ start, end: to }) => start !== to);
    const windows = fc.array(window, { minLength: 1, maxLength: 3 }).filter((some) => !leavesNothing(some));
    const zone = fc.constantFrom(BERLIN, 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const instant = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(windows, zone, instant, fc.constantFrom(0, 300, 3_600), (some, where, begins, delay) => {
        const { dueAt } = whenTold((when) => quietUntil(some, where, when), begins, delay);
        expect(quietUntil(some, where, dueAt)).toBeNull();
        expect(dueAt.getTime() - begins.getTime()).toBeGreaterThanOrEqual(delay * 1_000);
        expect(dueAt.getTime() - begins.getTime()).toBeLessThan(15 * 86_400_000);
      }),
    );
  });
});
