import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeIntervals } from '#kernel/interval.ts';
import { type Calendar, type Duty, dutyDays, totalOf } from './duty.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const span = (from: string, to: string) => ({ startMs: Date.parse(from), endMs: Date.parse(to) });
const berlin: Calendar = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5] };
const hours = ({ dayMs, nightMs, freeDayMs, freeNightMs }: Duty) =>
  [dayMs, nightMs, freeDayMs, freeNightMs].map((ms) => ms / HOUR_MS);

describe('time on call', () => {
  it('is by day or night, of working days or free ones, on the day of the person’s own clock', () => {
    // Friday 18:00 to Saturday 10:00 in Berlin.
    const days = dutyDays([span('2026-11-27T17:00:00Z', '2026-11-28T09:00:00Z')], berlin);
    expect(days.map((day) => [day.date, ...hours(day)])).toEqual([
      ['2026-11-27', 4, 2, 0, 0],
      ['2026-11-28', 0, 0, 3, 7],
    ]);
  });

  it('is what passes: an hour more in the night in which the clock goes back, one less when it goes forward', () => {
    const night = (date: string, from: string, to: string) =>
      dutyDays([span(from, to)], berlin).find((day) => day.date === date)?.freeNightMs;
    expect(night('2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00Z')).toBe(8 * HOUR_MS);
    expect(night('2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T05:00:00Z')).toBe(6 * HOUR_MS);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['Africa/Cairo', '2026-04-23T22:00:00Z'],
    ['Africa/Cairo', '2026-10-29T21:00:00Z'],
    ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
    ['America/Santiago', '2026-09-06T04:00:00Z'],
    ['Asia/Kathmandu', '2026-06-01T00:00:00Z'],
  ])('agrees with looking at the clock every five minutes: %s around %s', (timeZone, change) => {
    const calendar = { timeZone, workingDays: [1, 2, 3, 4, 5] };
    const begin = Date.parse(change) - 60 * HOUR_MS;
    const stretch = fc
      .tuple(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 1, max: 700 }))
      .map(([from, length]) => ({
        startMs: begin + from * 5 * MINUTE_MS,
        endMs: begin + (from + length) * 5 * MINUTE_MS,
      }));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 4 }), (stretches) => {
        const onCall = mergeIntervals(stretches);
        const sampled = new Map<string, number>();
        for (const { startMs, endMs } of onCall) {
          for (let ms = startMs; ms < endMs; ms += 5 * MINUTE_MS) {
            const clock = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
            const night = clock.hour >= 22 || clock.hour < 7 ? 'night' : 'day';
            const key = `${clock.toPlainDate().toString()} ${clock.dayOfWeek > 5 ? 'free' : 'working'} ${night}`;
            sampled.set(key, (sampled.get(key) ?? 0) + 5 * MINUTE_MS);
          }
        }
        const days = dutyDays(onCall, calendar);
        const counted = days.flatMap(({ date, dayMs, nightMs, freeDayMs, freeNightMs }) =>
          Object.entries({
            'working day': dayMs,
            'working night': nightMs,
            'free day': freeDayMs,
            'free night': freeNightMs,
          }).flatMap(([kind, ms]) => (ms === 0 ? [] : [[`${date} ${kind}`, ms] as const])),
        );
        expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(sampled));
        const total = onCall.reduce((sum, one) => sum + one.endMs - one.startMs, 0);
        expect(days.reduce((sum, day) => sum + totalOf(day), 0)).toBe(total);
      }),
      { numRuns: 40 },
    );
  });
});
