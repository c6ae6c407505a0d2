import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coveredMs, type Interval, subtractIntervals } from './interval.ts';

const MOST = 40;
const interval = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST }))
  .map(([startMs, endMs]): Interval => ({ startMs, endMs }));
const intervals = fc.array(interval, { maxLength: 8 });
const covers = (all: readonly Interval[], at: number) => all.some(({ startMs, endMs }) => startMs <= at && at < endMs);

it('leaves every instant of the first that the second has not, in order and apart', () => {
  fc.assert(
    fc.property(intervals, intervals, (from, minus) => {
      const left = subtractIntervals(from, minus);
      for (let at = 0; at < MOST; at++) expect(covers(left, at)).toBe(covers(from, at) && !covers(minus, at));
      for (const [i, { startMs, endMs }] of left.entries()) {
        expect(startMs).toBeLessThan(endMs);
        expect(startMs).toBeGreaterThan(left[i - 1]?.endMs ?? -1);
      }
    }),
  );
});

it('takes from what has no end', () => {
  expect(subtractIntervals([{ startMs: 0, endMs: Infinity }], [{ startMs: 5, endMs: 10 }])).toEqual([
    { startMs: 0, endMs: 5 },
    { startMs: 10, endMs: Infinity },
  ]);
  expect(subtractIntervals([{ startMs: 0, endMs: 9 }], [{ startMs: 4, endMs: Infinity }])).toEqual([
    { startMs: 0, endMs: 4 },
  ]);
});

it('goes through each once: a year of a monitor that comes and goes is a matter of course', () => {
  const many = (offset: number) =>
    Array.from({ length: 200_000 }, (_, i) => ({ startMs: i * 10 + offset, endMs: i * 10 + offset + 5 }));
  expect(coveredMs(subtractIntervals(many(0), many(2)))).toBe(200_000 * 2);
});
