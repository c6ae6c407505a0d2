import { describe, expect, it } from 'vitest';
import { createSignInLimit } from './sign-in-limit.ts';

describe('the sign-in limit', () => {
  const options = { failures: 3, windowSeconds: 60 };

  it('lets as many failures through as it says, then names the wait', () => {
    const limit = createSignInLimit(options);
    for (const atMs of [0, 10_000, 20_000]) {
      expect(limit.waitSeconds(['a'], atMs)).toBe(0);
      limit.noteFailure(['a'], atMs);
    }
    expect(limit.waitSeconds(['a'], 20_000)).toBe(40);
    expect(limit.waitSeconds(['a'], 59_999)).toBe(1);
    expect(limit.waitSeconds(['a'], 60_001)).toBe(0);
  });

  it('does not hold one key for another, but holds whoever uses a held one', () => {
    const limit = createSignInLimit(options);
    for (let n = 0; n < 3; n++) limit.noteFailure(['a'], n);
    expect(limit.waitSeconds(['b'], 5)).toBe(0);
    expect(limit.waitSeconds(['b', 'a'], 5)).toBeGreaterThan(0);
  });

  it('never holds more keys than its bound', () => {
    const limit = createSignInLimit({ failures: 1, windowSeconds: 60 });
    limit.noteFailure(['first'], 0);
    for (let n = 0; n < 20_000; n++) limit.noteFailure([`k${n}`], 1);
    expect(limit.waitSeconds(['first'], 2)).toBe(0);
    expect(limit.waitSeconds(['k19999'], 2)).toBeGreaterThan(0);
  });
});
