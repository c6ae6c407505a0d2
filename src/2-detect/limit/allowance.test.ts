import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, leftAt, secondsUntilNext, spend } from './allowance.ts';

/** How many of single signals sent every `everyMs` for so long are taken. */
function taken(perMinute: number, everyMs: number, forMs: number): number {
  let allowance: Allowance | undefined;
  let count = 0;
  for (let nowMs = 0; nowMs < forMs; nowMs += everyMs) {
    if (secondsUntilNext(allowance, perMinute, nowMs) > 0) continue;
    allowance = spend(allowance, perMinute, 1, nowMs);
    count += 1;
  }
  return count;
}

describe('an allowance', () => {
  it('lets a minute’s worth through at once, and then as many as its limit says', () => {
    expect(taken(60, 100, 1_000)).toBe(10);
    expect(taken(60, 10, 1_000)).toBe(60);
    expect(taken(60, 10, 60_000)).toBe(119);
    expect(taken(1, 1_000, 180_000)).toBe(3);
  });

  it('never lets more through than two minutes’ worth in any first minute, and never refuses who stays below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 5_000 }), (perMinute, everyMs) => {
        expect(taken(perMinute, everyMs, 60_000)).toBeLessThanOrEqual(2 * perMinute);
        const allowedMs = Math.ceil(60_000 / perMinute);
        expect(taken(perMinute, allowedMs, 10 * allowedMs)).toBe(10);
      }),
    );
  });

  it('takes a message about many as a whole, which holds the next up for as long as its limit says, an hour at most', () => {
    const after = spend(undefined, 10, 5_000, 0);
    expect(secondsUntilNext(after, 10, 0)).toBe(3_600);
    expect(secondsUntilNext(after, 10, 3_600_000)).toBe(0);
    expect(secondsUntilNext(spend(undefined, 10, 110, 0), 10, 0)).toBe(606);
    expect(secondsUntilNext(spend(undefined, 1, 5_000, 0), 1, 0)).toBe(3_600);
  });

  it('says how long to wait: as long as that, and not a second more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 3_000 }), (perMinute, count) => {
        const after = spend(undefined, perMinute, count, 0);
        const seconds = secondsUntilNext(after, perMinute, 0);
        expect(secondsUntilNext(after, perMinute, seconds * 1_000)).toBe(0);
        if (seconds > 1) expect(secondsUntilNext(after, perMinute, (seconds - 1) * 1_000)).toBeGreaterThan(0);
      }),
    );
  });

  it('gives nothing when a clock is set back, and follows a limit that is changed', () => {
    const spent = spend(undefined, 60, 60, 10_000);
    expect(leftAt(spent, 60, 0)).toBe(0);
    expect(leftAt(spent, 6_000, 20_000)).toBe(1_000);
    expect(leftAt({ left: 50, atMs: 0 }, 10, 0)).toBe(10);
  });
});
