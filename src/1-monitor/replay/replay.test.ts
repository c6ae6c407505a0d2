import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../result/contract.ts';
import { compareEpisodes, type Past, replay } from './replay.ts';

const OUTCOMES: Readonly<Record<string, Outcome>> = { u: 'up', d: 'down', s: 'degraded', '?': 'unknown' };

/** One check every 30 s, answered after 200 ms. */
function pastOf(text: string, place = 'home'): Past[] {
  return [...text].map((letter, n) => ({
    atMs: n * 30_000,
    knownMs: n * 30_000 + 200,
    place,
    outcome: OUTCOMES[letter] ?? 'unknown',
  }));
}
const once = { failures: 1, recoveries: 1, locations: null };

describe('the past under a policy', () => {
  it('is down from the first failed check of the run, and said by the one that decides', () => {
    expect(replay(pastOf('uudduu'), { ...once, failures: 2 })).toEqual([
      { sinceMs: 60_000, saidMs: 90_200, endedMs: 120_000 },
    ]);
  });

  it.each([
    ['uduuduud', 1, 3],
    ['uduuduud', 2, 0],
    ['udduuddd', 2, 2],
    ['ud?du', 2, 1],
    ['ud??', 1, 1],
    ['', 1, 0],
  ])('%s with %d failures needed is down %d times', (text, failures, times) => {
    expect(replay(pastOf(text), { ...once, failures })).toHaveLength(times);
  });

  it('of several places is judged together', () => {
    const past = [...pastOf('udddu', 'a'), ...pastOf('uuddu', 'b'), ...pastOf('uuuuu', 'c')].toSorted(
      (a, b) => a.atMs - b.atMs,
    );
    expect(replay(past, once)).toMatchObject([{ sinceMs: 60_000 }]);
    expect(replay(past, { ...once, locations: 1 })).toMatchObject([{ sinceMs: 30_000 }]);
    expect(replay(past, { ...once, locations: 3 })).toEqual([]);
  });

  it('that needs more failures is never down more often or sooner', () => {
    const text = fc.string({ unit: fc.constantFrom('u', 'u', 'u', 'd'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 4 }), (checks, failures) => {
        const one = replay(pastOf(checks), { ...once, failures });
        const more = replay(pastOf(checks), { ...once, failures: failures + 1 });
        expect(more.length).toBeLessThanOrEqual(one.length);
        expect(compareEpisodes(one, more).laterMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(compareEpisodes(one, more).spared).toBe(one.length - more.length);
      }),
    );
  });
});

it('two policies are compared by the faults that both say', () => {
  const now = replay(pastOf('uduudddu'), once);
  const proposed = replay(pastOf('uduudddu'), { ...once, failures: 2 });
  expect(compareEpisodes(now, proposed)).toEqual({ spared: 1, laterMs: 30_000 });
  expect(compareEpisodes(now, [])).toEqual({ spared: 2, laterMs: null });
});
