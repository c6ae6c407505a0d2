import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reach } from '../reach/reach.ts';
import { describeHoles } from './describe-duties.ts';
import { findingsOf } from './findings.ts';
import { type Outlook, planSteps } from './plan.ts';
import {
  channelIdsOf,
  documentOf,
  type EscalationStep,
  isPeople,
  type PolicyDocument,
  stepOf,
  type Target,
  targetKey,
} from './policy.ts';
import { uncoveredBy } from './refuse-policy.ts';
import { applies, beginNext, type Beginning, nextPosition, NOT_BEGUN, type Position, type Situation } from './steps.ts';

const step = (delaySeconds: number, ...userIds: string[]) => stepOf(userIds, delaySeconds);
const everybody = () => true;
const clock = { timeZone: 'Europe/Berlin', at: new Date('2026-11-24T10:00:00Z') };

/** Nobody is on call and no turn was taken, unless the test says otherwise. */
function situation(
  canReach: (id: string) => boolean,
  lastResort: readonly string[] = [],
  rest: Partial<Situation> = {},
): Situation {
  return {
    urgency: 'high',
    withinHours: true,
    inHours: () => true,
    peopleOf: (target) => (target.kind === 'user' ? [target.userId] : []),
    turnOf: () => 0,
    quietUntil: () => null,
    canReach,
    canTell: () => true,
    lastResort,
    ...rest,
  };
}

/** The whole life of a page that nobody acknowledges. */
function run(
  document: PolicyDocument,
  canReach: (id: string) => boolean,
  fallback: readonly string[] = [],
  rest: Partial<Situation> = {},
): Beginning[] {
  const beginnings: Beginning[] = [];
  let from: Position = NOT_BEGUN;
  for (;;) {
    const next = beginNext(document, from, situation(canReach, fallback, rest));
    if (next === null) return beginnings;
    beginnings.push(next);
    from = next.position;
  }
}

const PEOPLE = ['a', 'b', 'c', 'd'];
const userTarget = fc.constantFrom(...PEOPLE).map((userId): Target => ({ kind: 'user', userId }));
const channel = (noticeChannelId: string): Target => ({ kind: 'channel', noticeChannelId });
const anyTarget = fc.oneof({ weight: 3, arbitrary: userTarget }, fc.constantFrom('one', 'two').map(channel));
const steps: fc.Arbitrary<EscalationStep> = fc.record({
  targets: fc.uniqueArray(anyTarget, { selector: targetKey }),
  ask: fc.constantFrom('all', 'round-robin'),
  delaySeconds: fc.integer({ min: 30, max: 3_600 }),
  untilBusinessHours: fc.constant(false),
  onlyUrgency: fc.constantFrom(null, null, 'high', 'low'),
  onlyHours: fc.constantFrom(null, null, 'business', 'off'),
});
const documents: fc.Arbitrary<PolicyDocument> = fc
  .record({ steps: fc.array(steps, { minLength: 1, maxLength: 5 }), repeatCount: fc.integer({ min: 0, max: 4 }) })
  .map(({ steps: some, repeatCount }) => documentOf(some, repeatCount));
const reachable = fc.subarray(PEOPLE);

describe('the steps of a policy', () => {
  it('follow one another, then begin again as often as the policy says', () => {
    const document = documentOf([step(300, 'a'), step(600, 'b', 'c')], 1);
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
    const document = documentOf([step(300, 'a'), step(600, 'b')], 0);
    expect(run(document, (id) => id === 'b')).toMatchObject([
      { userIds: ['b'], passed: [{ position: { step: 0, cycle: 0 }, why: 'unreachable' }], waitSeconds: 600 },
    ]);
  });

  it('give way to the first reachable other when nobody in any of them can be reached', () => {
    const document = documentOf([step(300, 'a')], 0);
    expect(run(document, (id) => id === 'd', ['c', 'd'])).toMatchObject([{ userIds: ['d'], via: 'fallback' }]);
    expect(run(document, () => false, ['c'])).toMatchObject([{ userIds: [], via: 'nobody' }]);
  });

  it('end early, or ask somebody new, when the last of them have nobody', () => {
    const document = documentOf([step(300, 'a'), step(600, 'b')], 0);
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
        expect(beginnings.every(({ userIds, via }) => userIds.length > 0 || via === 'channels')).toBe(true);
        // Nobody waits for a channel unless the policy has somebody to wake.
        const meant = document.steps.filter((one) =>
          applies(one, { urgency: 'high', withinHours: true, inHours: () => true }),
        );
        const named = meant.flatMap(({ targets }) => targets.map(targetKey));
        if (!named.some((id) => people.includes(id)))
          expect(beginnings.every(({ via }) => via === 'fallback')).toBe(true);
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
        const seen = run(document, (id) => people.includes(id), []).flatMap(({ passed, position, via }) => [
          ...passed.map((one) => one.position),
          ...(via === 'policy' || (via === 'channels' && !passed.some((one) => one.position === position))
            ? [position]
            : []),
        ]);
        const all: Position[] = [];
        for (let at = nextPosition(document, NOT_BEGUN); at !== null; at = nextPosition(document, at)) all.push(at);
        expect(seen).toEqual(all.slice(0, seen.length));
        const left = all.slice(seen.length).flatMap(({ step: at }) => document.steps[at] ?? []);
        const meant = left.filter((one) => applies(one, { urgency: 'high', withinHours: true, inHours: () => true }));
        const named = meant.flatMap(({ targets }) => targets.map(targetKey));
        expect(named.some((id) => people.includes(id))).toBe(false);
      }),
    );
  });

  it('asks the same people in the same order, whatever channels hear of it', () => {
    const asked = (document: PolicyDocument, people: readonly string[]) =>
      run(document, (id) => people.includes(id), ['d'])
        .filter(({ via }) => via !== 'channels')
        .map(({ userIds, via }) => [via, ...userIds]);
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        const some = document.steps.filter(({ targets }) => targets.length === 0 || targets.some(isPeople));
        fc.pre(some.length > 0);
        const bare = some.map((one) => ({ ...one, targets: one.targets.filter(isPeople) }));
        expect(asked(document, people)).toEqual(asked({ ...document, steps: bare }, people));
      }),
      { numRuns: 2_000 },
    );
  });

  it('asks the fallback for a hole, although only a channel follows it', () => {
    const tells = { ...step(300), targets: [channel('one')] };
    const life = run(documentOf([step(300, 'c'), step(300), tells]), everybody, ['d']);
    expect(life.map(({ userIds, channelIds, via }) => [via, ...userIds, ...channelIds])).toEqual([
      ['policy', 'c'],
      ['fallback', 'd', 'one'],
    ]);
  });

  it('tells every channel of the steps that begin, or that have nobody', () => {
    fc.assert(
      fc.property(documents, reachable, (document, people) => {
        for (const { passed, position, channelIds, via } of run(document, (id) => people.includes(id), ['d'])) {
          const begun = via === 'policy' ? [position] : [];
          const told = [...begun, ...passed.flatMap((one) => (one.why === 'condition' ? [] : [one.position]))];
          const named = told.flatMap((one) => channelIdsOf(document.steps[one.step]?.targets ?? []));
          expect(channelIds).toEqual(expect.arrayContaining(named));
        }
      }),
    );
  });

  it('says in the plan exactly what the pager then does', async () => {
    const startsAt = new Date('2026-11-25T03:00:00Z');
    await fc.assert(
      fc.asyncProperty(documents, reachable, async (document, people) => {
        const reachOf = (userId: string): Reach => ({
          userId,
          name: userId,
          methods: [],
          unreachable: people.includes(userId) ? null : 'no',
        });
        const outlook = outlookOf(
          situation((id) => people.includes(id), ['d']),
          reachOf,
        );
        const planned = (await planSteps(document, startsAt, outlook)).filter(({ skipped }) => !skipped);
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
  const document = documentOf([step(300, 'a')], 0);
  it('is said in sentences', async () => {
    const sound = await planSteps(document, at, outlookOf(situation(everybody), reach(null)));
    expect(findingsOf(sound)).toEqual([expect.stringContaining('Only one person')]);
    const nobody = situation(() => false, ['a']);
    const broken = await planSteps(document, at, outlookOf(nobody, reach('Ann has no contact method')));
    expect(findingsOf(broken)).toEqual([
      expect.stringContaining('Nobody can be reached'),
      'Ann has no contact method.',
    ]);
  });
});

describe('deactivating somebody', () => {
  it('names the holes it would leave', () => {
    const staff = [['a'], ['a', 'b']];
    expect(describeHoles('Payments', staff, 'a')).toEqual([
      'Step 1 of the escalation policy “Payments” would be empty and be passed over.',
      'Step 2 of the escalation policy “Payments” would lose one of 2 people.',
    ]);
    expect(describeHoles('Default', [['a']], 'a')).toEqual([expect.stringContaining('nobody left')]);
    expect(describeHoles('Payments', staff, 'c')).toEqual([]);
  });
});

describe('whom a step asks', () => {
  const schedule = { kind: 'schedule', scheduleId: 'sch_1', who: 'current' } as const;
  const named = (targets: readonly Target[], rest: Partial<EscalationStep> = {}): EscalationStep => ({
    ...step(300),
    targets,
    ...rest,
  });

  it('is looked up when it begins, each person once', () => {
    const document = documentOf([named([schedule, { kind: 'user', userId: 'b' }])]);
    const peopleOf = (target: Target) => (target.kind === 'user' ? [target.userId] : ['a', 'b']);
    expect(run(document, everybody, [], { peopleOf })).toMatchObject([{ userIds: ['a', 'b'] }]);
  });

  it('never waits a step for a schedule that has nobody', () => {
    const document = documentOf([named([schedule]), step(600, 'b')]);
    expect(run(document, everybody)).toMatchObject([
      { userIds: ['b'], passed: [{ position: { step: 0 }, why: 'nobody' }] },
    ]);
  });

  it('is the fallback of the policy before the owners, when nobody in its steps is there', () => {
    const document = { ...documentOf([named([schedule])]), fallback: [{ kind: 'user', userId: 'c' } as const] };
    expect(run(document, everybody, ['d'])).toMatchObject([{ userIds: ['c'], via: 'fallback' }]);
    expect(run(document, (id) => id === 'd', ['d'])).toMatchObject([{ userIds: ['d'], via: 'fallback' }]);
  });

  it('takes turns, and leaves out who cannot be reached', () => {
    const document = documentOf([{ ...step(300, 'a', 'b', 'c'), ask: 'round-robin' }]);
    const turns = [0, 1, 2, 3].map((turn) => run(document, everybody, [], { turnOf: () => turn })[0]);
    expect(turns.map((one) => one?.userIds.join())).toEqual(['a', 'b', 'c', 'a']);
    expect(turns.every((one) => one?.takesTurn)).toBe(true);
    expect(run(document, (id) => id !== 'b', [], { turnOf: () => 1 })).toMatchObject([{ userIds: ['c'] }]);
  });

  it('depends on urgency and hour', () => {
    const document = documentOf([
      { ...step(300, 'a'), onlyHours: 'business' },
      { ...step(300, 'b'), onlyHours: 'off', onlyUrgency: 'high' },
      { ...step(300, 'c'), onlyUrgency: 'low' },
    ]);
    const who = (withinHours: boolean, urgency: 'high' | 'low') =>
      run(document, everybody, ['d'], { withinHours, urgency }).map(({ userIds }) => userIds.join());
    expect(who(true, 'high')).toEqual(['a']);
    expect(who(false, 'high')).toEqual(['b']);
    expect(who(true, 'low')).toEqual(['a', 'c']);
    expect(who(false, 'low')).toEqual(['c']);
  });
});

describe('a step that tells channels', () => {
  const ops = channel('ops');
  const alone = { ...step(300), targets: [ops] };

  it('waits like any other when it names nobody else', () => {
    const document = documentOf([alone, step(600, 'a')]);
    expect(run(document, everybody)).toMatchObject([
      { userIds: [], channelIds: ['ops'], via: 'channels', waitSeconds: 300, passed: [] },
      { userIds: ['a'], channelIds: [], via: 'policy' },
    ]);
  });

  it('waits for nobody when the policy has nobody to wake, or nothing would arrive there', () => {
    const document = documentOf([alone, step(600, 'a')]);
    expect(run(document, (id) => id === 'd', ['d'])).toMatchObject([
      { userIds: ['d'], via: 'fallback', channelIds: ['ops'] },
    ]);
    expect(run(document, everybody, [], { canTell: () => false })).toMatchObject([
      { userIds: ['a'], channelIds: [], passed: [{ why: 'nobody' }] },
    ]);
  });

  it('is passed over at once when nobody whom it names can be reached, and tells its channels all the same', () => {
    const both = { ...step(300, 'a'), targets: [ops, ...step(300, 'a').targets] };
    const withoutAnn = (id: string) => id !== 'a';
    expect(run(documentOf([both, step(600, 'b')]), withoutAnn)).toMatchObject([
      { userIds: ['b'], channelIds: ['ops'], passed: [{ why: 'unreachable' }] },
    ]);
    expect(run(documentOf([step(600, 'b'), both]), withoutAnn)).toMatchObject([
      { userIds: ['b'], channelIds: [] },
      { userIds: [], channelIds: ['ops'], via: 'channels' },
    ]);
  });

  it('tells nothing that is not meant for the page', () => {
    const document = documentOf([{ ...alone, onlyUrgency: 'low' }, step(600, 'a')]);
    expect(run(document, everybody)).toMatchObject([{ userIds: ['a'], channelIds: [] }]);
  });

  it('does not make a policy that asks somebody', () => {
    expect(uncoveredBy({ steps: [alone] }, clock)).toBe('any page');
  });
});

describe('a policy that would ask nobody', () => {
  it.each([
    [[step(300)], 'any page'],
    [[{ ...step(300, 'a'), onlyUrgency: 'high' as const }], 'a page of low urgency within business hours'],
    [[{ ...step(300, 'a'), onlyHours: 'business' as const }], 'a page of high urgency outside business hours'],
    [[{ ...step(300, 'a'), onlyHours: 'business' as const }, step(300, 'b')], null],
  ])('is told which pages it leaves out', (some, expected) => {
    expect(uncoveredBy({ steps: some }, clock)).toBe(expected);
  });
});

function outlookOf(of: Situation, reachOf: (userId: string) => Reach) {
  return async (at: Date): Promise<Outlook> => ({
    situation: of,
    reachOf,
    because: () => null,
    holes: () => [],
    channelOf: () => undefined,
    closedUntil: () => [],
    endOfWait: ({ waitSeconds }) => new Date(at.getTime() + waitSeconds * 1_000),
  });
}
