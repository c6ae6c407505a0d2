import { describe, expect, it } from 'vitest';
import { drawn, moved, snapped } from './snap.ts';
import { calendarSpan, type Stretch } from './span.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (instant: string) => Date.parse(instant);

describe('where a hand lets go', () => {
  const week = calendarSpan('week', '2026-10-19', 'Europe/Berlin');

  it('is the nearest full hour of the week, by the day’s own clock', () => {
    const near = (instant: string) => new Date(snapped(at(instant), week, 'week', [], 0)).toISOString();
    expect(near('2026-10-21T07:29:00Z')).toBe('2026-10-21T07:00:00.000Z');
    expect(near('2026-10-21T07:31:00Z')).toBe('2026-10-21T08:00:00.000Z');
    // Half past in Kathmandu is a quarter to in UTC.
    const there = calendarSpan('week', '2026-10-19', 'Asia/Kathmandu');
    expect(new Date(snapped(at('2026-10-21T07:10:00Z'), there, 'week', [], 0)).toISOString()).toBe(
      '2026-10-21T07:15:00.000Z',
    );
  });

  it('is the edge of a shift within reach, also one that is no full hour', () => {
    const edge = at('2026-10-21T07:20:00Z');
    expect(snapped(edge + 9 * MINUTE, week, 'week', [edge, edge + 5 * HOUR], 10 * MINUTE)).toBe(edge);
    expect(snapped(edge + 11 * MINUTE, week, 'week', [edge], 10 * MINUTE)).not.toBe(edge);
  });

  it('never leaves what is shown, nor crosses into the next day by a step', () => {
    expect(snapped(week.startMs - HOUR, week, 'week', [], 0)).toBe(week.startMs);
    expect(snapped(week.endMs + HOUR, week, 'week', [], 0)).toBe(week.endMs);
    const month = calendarSpan('month', '2026-10-25', 'Europe/Berlin');
    const sunday = month.days[24];
    expect(sunday?.hours).toBe(25);
    // Steps of six hours from midnight: the last one of the long day is 24 h after it, then comes Monday.
    expect(snapped((sunday?.endMs ?? 0) - 10 * MINUTE, month, 'month', [], 0)).toBe((sunday?.endMs ?? 0) - HOUR);
    expect(snapped((sunday?.endMs ?? 0) + 10 * MINUTE, month, 'month', [], 0)).toBe(sunday?.endMs);
  });
});

describe('what is drawn', () => {
  it('begins where the hand began or ended, and never before now', () => {
    expect(drawn(10, 5, 0)).toEqual({ startMs: 5, endMs: 10 });
    expect(drawn(5, 10, 7)).toEqual({ startMs: 7, endMs: 10 });
  });
});

describe('an override that is moved', () => {
  const ahead: Stretch = { startMs: 10, endMs: 20 };
  const begun: Stretch = { startMs: -10, endMs: 20 };
  it.each([
    ['as a whole', ahead, 'whole', 5, { startMs: 15, endMs: 25 }],
    ['by its start', ahead, 'start', -5, { startMs: 5, endMs: 20 }],
    ['by its end', ahead, 'end', -5, { startMs: 10, endMs: 15 }],
    ['by its end though it has begun', begun, 'end', 5, { startMs: -10, endMs: 25 }],
    ['into what is over', ahead, 'whole', -11, null],
    ['by a start that is over', begun, 'start', 5, null],
    ['as a whole though it has begun', begun, 'whole', 5, null],
    ['to an end that is over', begun, 'end', -21, null],
    ['to an end before its start', ahead, 'end', -10, null],
  ] as const)('%s', (_, override, grip, by, after) => {
    expect(moved(override, grip, by, 0)).toEqual(after);
  });
});
