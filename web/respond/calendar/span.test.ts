import { describe, expect, it } from 'vitest';
import { addDays, calendarSpan, isDate, isToday, stepDate } from './span.ts';

describe('what a calendar shows', () => {
  it('is a week from the date on, whole days of the zone', () => {
    const { days, startMs, endMs } = calendarSpan('week', '2026-11-29', 'Europe/Berlin');
    expect(days.map(({ date }) => date)).toEqual(Array.from({ length: 7 }, (_, day) => addDays('2026-11-29', day)));
    expect(new Date(startMs).toISOString()).toBe('2026-11-28T23:00:00.000Z');
    expect(endMs - startMs).toBe(7 * 86_400_000);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Antarctica/Troll', '2026-03-29', 22],
    ['Asia/Beirut', '2026-03-29', 23],
  ])('has in %s on %s a day of %d hours, without a hole before the next', (zone, date, hours) => {
    const { days } = calendarSpan('week', date, zone);
    expect(days.find((day) => day.date === date)?.hours).toBe(hours);
    expect(days.slice(1).every(({ startMs }, index) => startMs === days[index]?.endMs)).toBe(true);
  });

  it('leaves out a day that a zone leaves out', () => {
    const { days } = calendarSpan('week', '2011-12-28', 'Pacific/Apia');
    expect(days.map(({ date }) => date)).not.toContain('2011-12-30');
    expect(days).toHaveLength(6);
  });

  it('is a month from its first to its last day, or one day', () => {
    const { days } = calendarSpan('month', '2028-02-14', 'UTC');
    expect([days[0]?.date, days.at(-1)?.date, days.length]).toEqual(['2028-02-01', '2028-02-29', 29]);
    expect(calendarSpan('day', '2026-10-25', 'Europe/Berlin').days).toMatchObject([{ hours: 25 }]);
  });

  it('steps by what it shows, and from a long month into a short one', () => {
    expect(stepDate('day', '2026-12-31', 1)).toBe('2027-01-01');
    expect(stepDate('week', '2026-03-02', -1)).toBe('2026-02-23');
    expect(stepDate('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(stepDate('month', '2026-01-31', -1)).toBe('2025-12-01');
  });

  it('knows whether it is the one of today, by the calendar of the zone', () => {
    const sundayNightInBerlin = Date.UTC(2026, 10, 29, 23, 30);
    expect(isToday('week', '2026-11-29', sundayNightInBerlin, 'UTC')).toBe(true);
    expect(isToday('week', '2026-11-29', sundayNightInBerlin, 'Europe/Berlin')).toBe(false);
    expect(isToday('month', '2026-11-02', sundayNightInBerlin, 'Europe/Berlin')).toBe(true);
    expect(isToday('month', '2026-10-30', sundayNightInBerlin, 'Europe/Berlin')).toBe(false);
  });

  it('takes only dates from an address that are in the calendar', () => {
    expect(['2026-11-29', '2026-02-30', '1999-01-01', 'today', 7].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
