import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, newSecret } from './ids.ts';

describe('an id', () => {
  it('carries its prefix and 26 characters that fit every id pattern', () => {
    expect(newId('inc')).toMatch(/^inc_[0-9a-z]{26}$/);
  });
  it('sorts after those made before it, also within one millisecond', () => {
    const ids = Array.from({ length: 5_000 }, () => newId('x', 1_700_000_000_000));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('sorts after those made before it in a millisecond, also when others were made at other times between', () => {
    const ids = Array.from({ length: 200 }, () => {
      newId('x', 1_800_000_000_000);
      return newId('x', 1_700_000_000_000);
    });
    expect(ids.toSorted()).toEqual(ids);
  });
  it('sorts by time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 46 }),
        fc.integer({ min: 1, max: 2 ** 30 }),
        (at, later) => newId('x', at) < newId('x', at + later),
      ),
    );
  });
});

describe('a secret', () => {
  it('has 256 random bits', () => expect(newSecret('k')).toMatch(/^k_[0-9a-z]{52}$/));
});
