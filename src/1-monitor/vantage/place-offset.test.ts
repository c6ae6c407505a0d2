import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextGridPointMs } from '../check/grid.ts';
import { placeOffsetMs } from './place-offset.ts';

const places = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 });
const intervals = fc.integer({ min: 1_000, max: 86_400_000 });

it('gives each place a moment of its own, evenly spread, whatever the order in which they are named', () => {
  fc.assert(
    fc.property(places, intervals, (all, intervalMs) => {
      const offsets = all.map((place) => placeOffsetMs(all, place, intervalMs)).toSorted((a, b) => a - b);
      expect(all.map((place) => placeOffsetMs(all.toReversed(), place, intervalMs)).toSorted((a, b) => a - b)).toEqual(
        offsets,
      );
      for (const [n, offset] of offsets.entries())
        expect(Math.abs((offsets[n + 1] ?? intervalMs) - offset - intervalMs / all.length)).toBeLessThan(1);
    }),
  );
});

it('lets a monitor be seen in every n-th part of its interval, from any moment on', () => {
  fc.assert(
    fc.property(places, intervals, fc.integer({ min: 0, max: 4e12 }), (all, intervalMs, nowMs) => {
      const next = all.map((place) =>
        nextGridPointMs('mon_a', intervalMs, nowMs, placeOffsetMs(all, place, intervalMs)),
      );
      expect(Math.min(...next) - nowMs).toBeLessThanOrEqual(Math.ceil(intervalMs / all.length));
      expect(Math.max(...next) - nowMs).toBeLessThanOrEqual(intervalMs);
    }),
  );
});

it('moves nothing of a monitor that is asked from one place', () => {
  expect(placeOffsetMs([], 'home', 30_000)).toBe(0);
  expect(placeOffsetMs(['loc_a'], 'loc_a', 30_000)).toBe(0);
  expect(placeOffsetMs(['loc_a', 'home', 'loc_b'], 'loc_b', 30_000)).toBe(20_000);
});
