import { describe, expect, it } from 'vitest';
import { bundled, isBundle, joined, lanesOf, placeOf } from './layout.ts';
import { calendarSpan, type Stretch } from './span.ts';

const HOUR = 3_600_000;
const stretch = (startMs: number, endMs: number): Stretch => ({ startMs, endMs });
const span = stretch(0, 100);

describe('the place of a bar', () => {
  it.each([
    ['inside', stretch(25, 50), { left: 0.25, width: 0.25, cutStart: false, cutEnd: false }],
    ['that begins before', stretch(-50, 50), { left: 0, width: 0.5, cutStart: true, cutEnd: false }],
    ['that ends after', stretch(50, 500), { left: 0.5, width: 0.5, cutStart: false, cutEnd: true }],
    ['all over', stretch(-1, 101), { left: 0, width: 1, cutStart: true, cutEnd: true }],
    ['that ends where it begins', stretch(-50, 0), null],
    ['that begins where it ends', stretch(100, 150), null],
  ])('%s', (_, one, place) => {
    expect(placeOf(one, span)).toEqual(place);
  });

  it('is by time that passes: on a day of 25 hours 09:00 stands after ten of them', () => {
    const day = calendarSpan('day', '2026-10-25', 'Europe/Berlin');
    const nine = Date.parse('2026-10-25T08:00:00Z');
    expect(placeOf(stretch(nine, day.endMs), day)?.left).toBe(10 / 25);
  });
});

describe('lanes', () => {
  it('are as few as there are bars at once, and none of a lane overlap', () => {
    const bars = [stretch(0, 10), stretch(5, 15), stretch(10, 20), stretch(12, 14), stretch(15, 30)];
    const lanes = lanesOf(bars);
    expect(lanes).toEqual([0, 1, 0, 2, 1]);
    for (const [index, one] of bars.entries())
      for (const [other, two] of bars.entries())
        if (index !== other && lanes[index] === lanes[other])
          expect(one.endMs <= two.startMs || two.endMs <= one.startMs).toBe(true);
  });

  it('do not depend on the order of the list', () => {
    expect(lanesOf([stretch(5, 15), stretch(0, 10)])).toEqual([1, 0]);
  });
});

describe('neighbours', () => {
  it('that touch and look the same are one; others stay', () => {
    const all = [stretch(0, 1), stretch(1, 2), stretch(3, 4)];
    expect(joined(all, () => true)).toEqual([stretch(0, 2), stretch(3, 4)]);
    expect(joined(all, () => false)).toEqual(all);
  });
});

describe('many short stretches', () => {
  const week = calendarSpan('week', '2026-10-19', 'Europe/Berlin');
  const hours = Array.from({ length: (week.endMs - week.startMs) / HOUR }, (_, hour) =>
    stretch(week.startMs + hour * HOUR, week.startMs + (hour + 1) * HOUR),
  );

  it('are one for each day, the long day with 25 of them, and nothing is lost', () => {
    const items = bundled(hours, week.days, 2 * HOUR);
    expect(items.map((item) => (isBundle(item) ? item.parts.length : 1))).toEqual([24, 24, 24, 24, 24, 24, 25]);
    expect(items.flatMap((item) => (isBundle(item) ? item.parts : [item]))).toEqual(hours);
    expect(items.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
      week.days.map(({ startMs, endMs }) => [startMs, endMs]),
    );
  });

  it('stay single when they are wide enough, few, or apart', () => {
    expect(bundled(hours, week.days, HOUR)).toEqual(hours);
    expect(bundled(hours.slice(0, 2), week.days, 2 * HOUR)).toEqual(hours.slice(0, 2));
    const apart = hours.filter((_, index) => index % 2 === 0);
    expect(bundled(apart, week.days, 2 * HOUR)).toEqual(apart);
  });

  it('leave a short gap between long shifts alone', () => {
    const shifts = [stretch(0, 50 * HOUR), stretch(50 * HOUR, 51 * HOUR), stretch(51 * HOUR, 99 * HOUR)];
    expect(bundled(shifts, week.days, 2 * HOUR)).toEqual(shifts);
  });
});
