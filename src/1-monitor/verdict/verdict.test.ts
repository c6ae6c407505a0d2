import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../result/contract.ts';
import { advance, type ConfirmPolicy, freshVerdict, isSettled, lostSight, type Verdict } from './verdict.ts';

const outcomes = fc.array(fc.constantFrom<Outcome>('up', 'degraded', 'down', 'unknown'), { maxLength: 60 });
const policies = fc.record({ failures: fc.integer({ min: 1, max: 5 }), recoveries: fc.integer({ min: 1, max: 5 }) });

/** Every verdict along the way, the fresh one first. Checks stand at 10, 20, 30 … ms. */
function play(list: readonly Outcome[], policy: ConfirmPolicy): Verdict[] {
  const all = [freshVerdict(0)];
  for (const [i, outcome] of list.entries()) {
    all.push(advance(all[i] ?? freshVerdict(0), { outcome, atMs: (i + 1) * 10 }, policy));
  }
  return all;
}
const states = (text: string, failures = 1, recoveries = 1) => {
  const letters: Record<string, Outcome> = { u: 'up', d: 'down', g: 'degraded', '?': 'unknown' };
  const list = [...text].map((letter) => letters[letter] ?? 'unknown');
  return play(list, { failures, recoveries })
    .slice(1)
    .map(({ state }) => (state === 'degraded' ? 'g' : state === 'unknown' ? '?' : state[0]))
    .join('');
};

describe('the verdict', () => {
  it.each([
    ['the first answer counts at once', 'u', 3, 3, 'u'],
    ['a first failure waits for its confirmation', 'dd', 2, 1, '?d'],
    ['one failure is enough by default', 'udu', 1, 1, 'udu'],
    ['three failures in a row make it down', 'uddud ddu'.replace(' ', ''), 3, 1, 'uuuuuudu'],
    ['two answers in a row make it up', 'dudduu', 1, 2, 'dddddu'],
    ['a mix of degraded and down proves degraded', 'ugd', 2, 1, 'uug'],
    ['a mix of degraded and up proves an answer', 'dgu', 1, 2, 'ddg'],
    ['degraded is left for up', 'ugu', 1, 1, 'ugu'],
    ['unknown neither makes nor breaks a run of failures', 'ud?d', 2, 1, 'uuud'],
    ['unknown in a row is said', 'u??u', 2, 1, 'uu?u'],
    ['a failure after unknown does not show the old state', 'u??du', 2, 1, 'uu??u'],
    ['a known fault is still there after unknown', 'd?d', 1, 1, 'd?d'],
  ] as const)('%s', (_name, given, failures, recoveries, expected) => {
    expect(states(given, failures, recoveries)).toBe(expected);
  });

  it('begins a state with the first check of the run that proved it', () => {
    const [, , , , down, , up] = play(['up', 'down', 'down', 'down', 'up', 'up'], { failures: 3, recoveries: 2 });
    expect(down).toMatchObject({ state: 'down', sinceMs: 20 });
    expect(up).toMatchObject({ state: 'up', sinceMs: 50 });
  });
  it('is not down before N failures in a row, and is down after them', () => {
    fc.assert(
      fc.property(outcomes, policies, (list, policy) => {
        let row = 0;
        for (const [i, verdict] of play(list, policy).entries()) {
          const seen = list[i - 1];
          const before = play(list, policy)[i - 1];
          if (seen === 'down') row += 1;
          else if (seen === 'up' || seen === 'degraded') row = 0;
          if (before?.known !== 'down' && verdict.known === 'down') expect(row).toBeGreaterThanOrEqual(policy.failures);
          if (seen === 'down' && row >= policy.failures) expect(verdict.state).toBe('down');
        }
      }),
    );
  });
  it('never becomes down by an unknown check', () => {
    fc.assert(
      fc.property(outcomes, policies, (list, policy) => {
        const all = play(list, policy);
        for (const [i, outcome] of list.entries()) {
          if (outcome === 'unknown') expect([all[i]?.state, 'unknown']).toContain(all[i + 1]?.state);
        }
      }),
    );
  });
  it('never shows up on a failing check, nor down on an answer, without the run that allows it', () => {
    fc.assert(
      fc.property(outcomes, policies, (list, policy) => {
        const all = play(list, policy);
        for (const [i, outcome] of list.entries()) {
          const [before, after] = [all[i]?.state, all[i + 1]?.state];
          if (before !== after && after === 'up') expect(outcome).toBe('up');
          if (before !== after && after === 'down') expect(outcome).toBe('down');
        }
      }),
    );
  });
  it('never moves backwards in time, nor into the future', () => {
    fc.assert(
      fc.property(outcomes, policies, (list, policy) => {
        const all = play(list, policy);
        for (const [i, verdict] of all.entries()) {
          expect(verdict.sinceMs).toBeGreaterThanOrEqual(all[i - 1]?.sinceMs ?? 0);
          expect(verdict.sinceMs).toBeLessThanOrEqual(i * 10);
        }
      }),
    );
  });
  it('changes by no check that agrees with a settled verdict', () => {
    fc.assert(
      fc.property(outcomes, policies, (list, policy) => {
        const last = play(list, policy).at(-1) ?? freshVerdict(0);
        if (!isSettled(last)) return;
        expect(advance(last, { outcome: last.state, atMs: 10_000 }, policy)).toEqual(last);
      }),
    );
  });
  it('does not measure a fault longer or shorter because it was confirmed more slowly', () => {
    const list: Outcome[] = ['up', 'up', 'down', 'down', 'down', 'down', 'up', 'up', 'up', 'up'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (failures, recoveries) => {
        const all = play(list, { failures, recoveries });
        expect(all.find(({ state }) => state === 'down')?.sinceMs).toBe(30);
        expect(all.at(-1)).toMatchObject({ state: 'up', sinceMs: 70 });
      }),
    );
  });
  it('keeps what was known when nobody looks', () => {
    const lost = lostSight({ ...freshVerdict(0), state: 'down', known: 'down' }, 50);
    expect(lost).toMatchObject({ state: 'unknown', known: 'down', sinceMs: 50 });
    expect(advance(lost, { outcome: 'down', atMs: 90 }, { failures: 3, recoveries: 1 })).toMatchObject({
      state: 'down',
      sinceMs: 90,
    });
  });
});
