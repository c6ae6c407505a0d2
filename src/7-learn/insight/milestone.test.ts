import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestSilenceSeconds, measure, type Milestones, percentile } from './milestone.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 25, 10, minutes));
const none: Milestones = {
  impactStartedAt: null,
  detectedAt: null,
  declaredAt: null,
  acknowledgedAt: null,
  firstUpdateAt: null,
  mitigatedAt: null,
  resolvedAt: null,
};

describe('the times of an incident', () => {
  it('are measured between two milestones', () => {
    expect(measure({ ...none, detectedAt: at(2), declaredAt: at(5) }, 'time-to-declare')).toEqual({
      state: 'measured',
      seconds: 180,
    });
  });
  it('are missing, not zero, when a milestone is', () => {
    expect(measure({ ...none, detectedAt: at(2) }, 'time-to-declare')).toEqual({ state: 'missing' });
  });
  it('are invalid, and keep their value, when they run backwards', () => {
    expect(measure({ ...none, detectedAt: at(5), declaredAt: at(2) }, 'time-to-declare')).toEqual({
      state: 'invalid',
      seconds: -180,
    });
  });
});

describe('a percentile', () => {
  it('of nothing is unknown', () => expect(percentile([], 50)).toBeNull());
  it('interpolates', () => expect(percentile([1, 2, 3, 4], 50)).toBe(2.5));
  it('lies between the least and the greatest value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 0, max: 100 }), (values, p) => {
        const found = percentile(values, p) ?? Number.NaN;
        return found >= Math.min(...values) && found <= Math.max(...values);
      }),
    );
  });
});

describe('the longest silence', () => {
  it('counts from detection to the first update', () => {
    expect(longestSilenceSeconds(at(0), [at(20), at(25)], at(30))).toBe(20 * 60);
  });
  it('counts from the last update to the end', () => {
    expect(longestSilenceSeconds(at(0), [at(5)], at(45))).toBe(40 * 60);
  });
  it('without any update is the whole incident', () => {
    expect(longestSilenceSeconds(at(0), [], at(45))).toBe(45 * 60);
  });
  it('is unknown while nothing has ended', () => expect(longestSilenceSeconds(at(0), [], null)).toBeNull());
});
