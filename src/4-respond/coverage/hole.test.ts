import { describe, expect, it } from 'vitest';
import type { CoverageFindingView, CoverageReportView } from './contract.ts';
import { countStretches, freshHoles, holesSoon } from './hole.ts';

const START = Date.parse('2026-03-02T00:00:00Z');
const at = (hours: number) => new Date(START + hours * 3_600_000).toISOString();

const gap = (from: number, until: number, reached = 'Bob', what = 'Nobody is on call by “Primary” (step 1)') =>
  ({
    kind: 'gap',
    policyId: 'epo_1',
    policyName: 'Default',
    scheduleId: 'sch_1',
    userId: null,
    from: at(from),
    until: at(until),
    text: `${what}: a SEV1 would reach only ${reached}.`,
    consequence: `A SEV1 would reach only ${reached}.`,
  }) satisfies CoverageFindingView;

const report = (proved: number, ...findings: CoverageFindingView[]): CoverageReportView => ({
  provedAt: at(proved),
  from: at(proved),
  until: at(proved + 720),
  policies: 1,
  schedules: 1,
  count: findings.length,
  holes: 0,
  findings,
});

const spans = (holes: ReturnType<typeof holesSoon>) =>
  holes.map(({ from, until }) => [(from - START) / 3_600_000, (until - START) / 3_600_000]);

describe('a hole', () => {
  it('is one for as long as it lasts, whoever would be reached in it', () => {
    const holes = holesSoon(report(0, gap(2, 10, 'Ann'), gap(10, 20, 'Bob'), gap(20, 30, 'Ann'), gap(40, 41, 'Ann')));
    expect(spans(holes)).toEqual([
      [2, 30],
      [40, 41],
    ]);
    expect(holes[0]).toMatchObject({
      what: 'Nobody is on call by “Primary” (step 1)',
      consequences: ['A SEV1 would reach only Ann.', 'A SEV1 would reach only Bob.'],
    });
  });

  it('counts once where two things are wrong at the same time', () => {
    const holes = holesSoon(
      report(0, gap(2, 10), gap(2, 10, 'Bob', 'Nobody in the policy can be reached'), gap(20, 21)),
    );
    expect(holes).toHaveLength(3);
    expect(countStretches(holes)).toBe(2);
  });

  it('is told of a week before it begins, and a fault that is no hole never', () => {
    const single = { ...gap(1, 2), kind: 'single' } satisfies CoverageFindingView;
    expect(spans(holesSoon(report(0, gap(167, 168), gap(169, 170), single)))).toEqual([[167, 168]]);
  });
});

describe('what the owners were not told of yet', () => {
  const fresh = (before: CoverageReportView, now: CoverageReportView) => spans(freshHoles(now, before));

  it('is not a hole that goes on, although its end moves with the days that are looked at', () => {
    expect(fresh(report(0, gap(0, 720)), report(1, gap(1, 721)))).toEqual([]);
    expect(fresh(report(0, gap(0, 720, 'Ann')), report(1, gap(1, 5, 'Bob'), gap(5, 721, 'Cyd')))).toEqual([]);
  });

  it.each([
    ['one that comes within the week', report(0, gap(180, 181)), report(24, gap(180, 181)), [[180, 181]]],
    ['one beside another', report(0, gap(5, 6)), report(1, gap(5, 6), gap(8, 9)), [[8, 9]]],
    ['one that was filled and is back', report(0), report(1, gap(5, 6)), [[5, 6]]],
    ['one of another step', report(0, gap(5, 6)), report(1, gap(5, 6, 'Bob', 'Nobody (step 2)')), [[5, 6]]],
  ])('is %s', (_what, before, now, expected) => {
    expect(fresh(before, now)).toEqual(expected);
  });
});
