import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../result/contract.ts';
import { flappingSince, heldPolicy, noteFault } from './flapping.ts';
import { advance, type ConfirmPolicy, freshVerdict, type Verdict } from './verdict.ts';

const INTERVAL_MS = 30_000;
const plain: ConfirmPolicy = { failures: 1, recoveries: 1 };

/** The states after each check, with the hold as it is in use. */
function run(outcomes: readonly Outcome[], policy = plain): { states: string[]; verdict: Verdict } {
  let verdict = freshVerdict(0);
  const states = outcomes.map((outcome, n) => {
    const atMs = n * INTERVAL_MS;
    const next = advance(verdict, { outcome, atMs }, heldPolicy(policy, verdict, INTERVAL_MS, atMs));
    verdict = { ...next, faults: noteFault(verdict, next) };
    return verdict.state;
  });
  return { states, verdict };
}
const downs = (states: readonly string[]) =>
  states.filter((state, n) => state === 'down' && states[n - 1] !== 'down').length;
const of = (text: string): Outcome[] => [...text].map((letter) => (letter === 'd' ? 'down' : 'up'));

describe('a monitor that goes up and down', () => {
  it('three times in half an hour stays down until it has answered for five minutes', () => {
    const { states, verdict } = run(of('ududud' + 'ud'.repeat(10)));
    expect(downs(states)).toBe(3);
    expect(verdict.state).toBe('down');
    expect(flappingSince(verdict, INTERVAL_MS, 26 * INTERVAL_MS)).toBe(INTERVAL_MS);
    const calm = run([...of('ududud' + 'ud'.repeat(10)), ...of('u'.repeat(9))]);
    expect(calm.verdict.state).toBe('down');
    expect(run([...of('ududud' + 'ud'.repeat(10)), ...of('u'.repeat(10))]).verdict.state).toBe('up');
  });

  it('now and then is left alone', () => {
    const rarely = of(('u'.repeat(40) + 'd').repeat(5) + 'u');
    expect(downs(run(rarely).states)).toBe(5);
    expect(run(rarely).verdict.state).toBe('up');
  });

  it('however it does, is never said to be down more often than without the hold, and never stays down while it answers', () => {
    const checks = fc.array(fc.constantFrom<Outcome>('up', 'down'), { maxLength: 120 });
    fc.assert(
      fc.property(checks, (outcomes) => {
        const { states } = run([...outcomes, ...of('u'.repeat(10))]);
        expect(states.at(-1) ?? 'up').toBe('up');
        const bare = outcomes.filter((outcome, n) => outcome === 'down' && outcomes[n - 1] !== 'down').length;
        expect(downs(states)).toBeLessThanOrEqual(bare);
        // Half an hour is 60 checks: never more than three faults begin within it.
        const begins = states.flatMap((state, n) => (state === 'down' && states[n - 1] !== 'down' ? [n] : []));
        for (const [index, begin] of begins.entries())
          expect((begins[index + 3] ?? Infinity) - begin).toBeGreaterThan(10);
      }),
    );
  });
});
