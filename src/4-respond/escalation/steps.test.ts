import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reach } from '../reach/reach.ts';
import { describeHoles } from './describe-duties.ts';
import { findingsOf } from './findings.ts';
import { planSteps } from './plan.ts';
import type { PolicyDocument } from './policy.ts';
import { beginNext, type Beginning, nextPosition, NOT_BEGUN, type Position } from './steps.ts';

const step = (delaySeconds: number, ...userIds: string[]) => ({ userIds, delaySeconds });
const everybody = () => true;

/** The whole life of a page that nobody acknowledges. */
function run(
  document: PolicyDocument,
  canReach: (id: string) => boolean,
  fallback: readonly string[] = [],
): Beginning[] {
  const beginnings: Beginning[] = [];
  let from: Position = NOT_BEGUN;
  for (;;) {
    const next = beginNext(document, from, canReach, fallback);
    if (next === null) return beginnings;
    beginnings.push(next);
    from = next.position;
  }
}

const PEOPLE = ['a', 'b', 'c', 'd'];
const documents: fc.Arbitrary<PolicyDocument> = fc.record({
  steps: fc.array(
    fc.record({
      userIds: fc.uniqueArray(fc.constantFrom(...PEOPLE)),
      delaySeconds: fc.integer({ min: 30, max: 3_600 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  repeatCount: fc.integer({ min: 0, max: 4 }),
});
const reachable = fc.subarray(PEOPLE);

describe('the steps of a policy', () => {
  it('follow one another, then begin again as often as the policy says', () => {
    const document = { steps: [step(300, 'a'), step(600, 'b', 'c')], repeatCount: 1 };
    expect(
      run(document, everybody).map(({ position, userIds, waitSeconds }) => [
        position.cycle,
        position.step,
        userIds.join(),
        waitSeconds,
      ]),
    ).toEqual([
      [0, 0, 'a', 300],
      [0, 1, 'b,c', 600],
      [1, 0, 'a', 300],
      [1, 1, 'b,c', 600],
    ]);
  });

  it('are passed over at once when nobody in them can be reached', () => {
    const document = { steps: [step(300, 'a'), step(600, 'b')], repeatCount: 0 };
    expect(run(document, (id) => id === 'b')).toMatchObject([
      { userIds: ['b'], passed: [{ step: 0, cycle: 0 }], waitSeconds: 600 },
    ]);
  });

  it('give way to the first reachable other when nobody in any of them can be reached', () => {
    const document = { steps: [step(300, 'a')], repeatCount: 0 };
    expect(run(document, (id) => id === 'd', ['c', 'd'])).toMatchObject([{ userIds: ['d'], via: 'fallback' }]);
    expect(run(document, () => false, ['c'])).toMatchObject([{ userIds: [], via: 'nobody' }]);
  });

  it('end early, or ask somebody new, when the last of them have nobody', () => {
    const document = { steps: [step(300, 'a'), step(600, 'b')], repeatCount: 0 };
    const withoutBob = (id: string) => id !== 'b';
    expect(run(document, withoutBob, ['a'])).toHaveLength(1);
    expect(run(document, withoutBob, ['a', 'c'])).toMatchObject([
      { userIds: ['a'] },
      { userIds: ['c'], via: 'fallback' },
    ]);
  });
});

describe('laws of escalation', () => {
  it('ends, and within the number of positions', () => {
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        const beginnings = run(document, (id) => people.includes(id), ['d']);
        expect(beginnings.length).toBeLessThanOrEqual(document.steps.length * (document.repeatCount + 1));
        expect(beginnings.length).toBeGreaterThan(0);
      }),
    );
  });

  it('never waits for nobody while anybody at all can be reached', () => {
    fc.assert(
      fc.property(documents, fc.subarray(PEOPLE, { minLength: 1 }), (document, people) => {
        const beginnings = run(document, (id) => people.includes(id), PEOPLE);
        expect(beginnings.every(({ userIds }) => userIds.length > 0)).toBe(true);
      }),
    );
  });

  it('asks only people who can be reached, and nobody twice in one step', () => {
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        for (const { userIds } of run(document, (id) => people.includes(id), PEOPLE)) {
          expect(userIds.every((id) => people.includes(id))).toBe(true);
          expect(new Set(userIds).size).toBe(userIds.length);
        }
      }),
    );
  });

  it('visits or passes over every position in order, and leaves out only an end that has nobody', () => {
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        const seen = run(document, (id) => people.includes(id), []).flatMap(({ passed, position, via }) =>
          via === 'policy' ? [...passed, position] : passed,
        );
        const all: Position[] = [];
        for (let at = nextPosition(document, NOT_BEGUN); at !== null; at = nextPosition(document, at)) all.push(at);
        expect(seen).toEqual(all.slice(0, seen.length));
        const left = all.slice(seen.length).flatMap(({ step: at }) => document.steps[at]?.userIds ?? []);
        expect(left.some((id) => people.includes(id))).toBe(false);
      }),
    );
  });

  it('says in the plan exactly what the pager then does', () => {
    const startsAt = new Date('2026-11-25T03:00:00Z');
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        const reachOf = (userId: string): Reach => ({
          userId,
          name: userId,
          methods: [],
          unreachable: people.includes(userId) ? null : 'no',
        });
        const planned = planSteps(document, startsAt, reachOf, ['d']).filter(({ skipped }) => !skipped);
        const done = run(document, (id) => people.includes(id), ['d']).filter(({ position }) => position.cycle === 0);
        expect(planned.map(({ step: at, via }) => [at, via])).toEqual(
          done.map(({ position, via }) => [position.step, via]),
        );
        let at = startsAt.getTime();
        for (const [index, one] of planned.entries()) {
          expect(one.at.getTime()).toBe(at);
          at += (done[index]?.waitSeconds ?? 0) * 1_000;
        }
      }),
    );
  });
});

describe('what is wrong with a plan', () => {
  const at = new Date('2026-11-25T03:00:00Z');
  const reach =
    (unreachable: string | null) =>
    (userId: string): Reach => ({ userId, name: 'Ann', methods: [], unreachable });
  const document = { steps: [step(300, 'a')], repeatCount: 0 };
  it('is said in sentences', () => {
    expect(findingsOf(planSteps(document, at, reach(null), []))).toEqual([expect.stringContaining('Only one person')]);
    expect(findingsOf(planSteps(document, at, reach('Ann has no contact method'), ['a']))).toEqual([
      expect.stringContaining('Nobody can be reached'),
      'Ann has no contact method.',
    ]);
  });
});

describe('deactivating somebody', () => {
  it('names the holes it would leave', () => {
    const policy = { name: 'Payments', steps: [step(300, 'a'), step(300, 'a', 'b')] };
    expect(describeHoles(policy, 'a')).toEqual([
      'Step 1 of the escalation policy “Payments” would be empty and be passed over.',
      'Step 2 of the escalation policy “Payments” would lose one of 2 people.',
    ]);
    expect(describeHoles({ name: 'Default', steps: [step(300, 'a')] }, 'a')).toEqual([
      expect.stringContaining('nobody left'),
    ]);
    expect(describeHoles(policy, 'c')).toEqual([]);
  });
});
