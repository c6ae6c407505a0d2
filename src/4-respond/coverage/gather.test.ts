import { expect, it } from 'vitest';
import type { CoverageFindingView } from './contract.ts';
import { gather } from './gather.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
const gap = (from: number, until: number, who: string): CoverageFindingView => ({
  kind: 'gap',
  policyId: 'epo_1',
  policyName: 'Default',
  scheduleId: 'sch_1',
  userId: null,
  from: at(from),
  until: at(until),
  text: `Nobody is on call by “Primary” (step 1): a SEV1 would reach only ${who}.`,
  consequence: `A SEV1 would reach only ${who}.`,
});

it('a hole is one entry through every hand-off in it, with what would happen, and says when it comes again', () => {
  const [hole, ...more] = gather([gap(2, 10, 'Ann'), gap(10, 20, 'Bob'), gap(40, 41, 'Ann')]);
  expect(more).toEqual([]);
  expect(hole).toMatchObject({
    what: 'Nobody is on call by “Primary” (step 1)',
    consequences: [
      { text: 'A SEV1 would reach only Ann.', from: at(2) },
      { text: 'A SEV1 would reach only Bob.', from: at(10) },
    ],
  });
  expect(hole?.stretches.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [Date.parse(at(2)), Date.parse(at(20))],
    [Date.parse(at(40)), Date.parse(at(41))],
  ]);
});

it('what is wrong with a person, or with another policy, is an entry of its own', () => {
  const person: CoverageFindingView = {
    ...gap(0, 720, 'Ann'),
    kind: 'person',
    text: 'Ann has no verified contact method.',
    consequence: null,
  };
  const other = { ...gap(2, 10, 'Ann'), policyId: 'epo_2' };
  expect(
    gather([person, gap(2, 10, 'Ann'), other]).map(({ what, consequences }) => [what, consequences.length]),
  ).toEqual([
    ['Ann has no verified contact method.', 0],
    ['Nobody is on call by “Primary” (step 1)', 1],
    ['Nobody is on call by “Primary” (step 1)', 1],
  ]);
});
