import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  countOf,
  type Histogram,
  HIGHEST_US,
  LOWEST_US,
  mergeHistograms,
  percentileMs,
  slotOf,
  SLOTS,
} from './histogram.ts';

const micros = fc.array(fc.integer({ min: LOWEST_US, max: HIGHEST_US - 1 }), { minLength: 1, maxLength: 200 });
const build = (values: readonly number[]): Histogram => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(slotOf(value), (counts.get(slotOf(value)) ?? 0) + 1);
  return counts;
};

it('tells a percentile to within 3 %', () => {
  fc.assert(
    fc.property(micros, fc.constantFrom(0.5, 0.95, 0.99, 1), (values, share) => {
      const exact = (values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0) / 1_000;
      const told = percentileMs(build(values), share) ?? 0;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.03 + 0.006);
    }),
  );
});
it('says the same of the whole as of its merged parts', () => {
  fc.assert(
    fc.property(micros, micros, (a, b) => {
      expect(percentileMs(mergeHistograms([build(a), build(b)]), 0.95)).toBe(percentileMs(build([...a, ...b]), 0.95));
      expect(countOf(mergeHistograms([build(a), build(b)]))).toBe(a.length + b.length);
    }),
  );
});
it('counts what lies outside at the edge', () => {
  expect([slotOf(0), slotOf(1e12)]).toEqual([1, SLOTS]);
  expect(percentileMs(new Map(), 0.5)).toBeNull();
});
