import { describe, expect, it } from 'vitest';
import type { CoverageFindingView, CoverageReportView } from '#respond/contract';
import { consequencesOf, gapGroups, gapsAhead } from './gaps.ts';
import type { Bar } from './rows.ts';

const at = (hour: number) => Date.UTC(2026, 10, 23, hour);
const gap = (startMs: number, endMs: number, kind: Bar['kind'] = 'gap'): Bar => ({
  key: '',
  kind,
  startMs,
  endMs,
  userIds: [],
  shifts: [],
  override: null,
});
const finding = (more: Partial<CoverageFindingView> = {}): CoverageFindingView => ({
  kind: 'gap',
  policyId: 'epo_1',
  policyName: 'Search',
  scheduleId: 'sch_1',
  userId: null,
  from: new Date(at(2)).toISOString(),
  until: new Date(at(3)).toISOString(),
  text: 'Nobody is on call by “Primary” (step 1): a SEV1 would reach only Bob, at once, by email.',
  consequence: 'A SEV1 would reach only Bob, at once, by email.',
  ...more,
});
const report = (findings: CoverageFindingView[]): CoverageReportView => ({
  provedAt: new Date(at(0)).toISOString(),
  from: new Date(at(0)).toISOString(),
  until: new Date(at(48)).toISOString(),
  policies: 1,
  schedules: 1,
  count: findings.length,
  holes: 0,
  findings,
});
const hour = { startMs: at(2), endMs: at(3) };

it('the gaps ahead are what is left of them in what is shown', () => {
  const bars = [gap(0, 5), gap(8, 12), gap(12, 20, 'shift'), gap(28, 40)];
  expect(gapsAhead(bars, { startMs: 0, endMs: 30 }, 10)).toEqual([
    { startMs: 10, endMs: 12 },
    { startMs: 28, endMs: 30 },
  ]);
});

describe('what would happen in a gap', () => {
  it('is what the proof found for that schedule and that time', () => {
    const other = [
      finding({ scheduleId: 'sch_2', consequence: 'Another.' }),
      finding({ kind: 'single', consequence: 'Another.' }),
    ];
    expect(consequencesOf(hour, 'sch_1', report([finding(), ...other]))).toEqual([
      'A SEV1 would reach only Bob, at once, by email.',
    ]);
    expect(consequencesOf({ startMs: at(3), endMs: at(4) }, 'sch_1', report([finding()]))).toEqual([
      'By the last proof no page would ask this schedule then.',
    ]);
  });

  it('names the policies when there are several, and takes the whole text of a report of old', () => {
    const second = finding({ policyId: 'epo_2', policyName: 'Shop', consequence: null });
    expect(consequencesOf(hour, 'sch_1', report([finding(), second]))).toEqual([
      'By “Search”: A SEV1 would reach only Bob, at once, by email.',
      `By “Shop”: ${second.text}`,
    ]);
  });

  it('is not known before a proof, nor after the days that it looked at', () => {
    expect(consequencesOf(hour, 'sch_1', undefined)).toEqual([]);
    const changedAt = new Date(at(1)).toISOString();
    expect(consequencesOf(hour, 'sch_1', report([]), changedAt)).toEqual([
      'Not looked at since the schedule was changed.',
    ]);
    expect(consequencesOf(hour, 'sch_1', report([finding()]), changedAt)).toEqual([finding().consequence]);
    expect(consequencesOf({ startMs: at(49), endMs: at(50) }, 'sch_1', report([]))).toEqual([
      'Too far ahead: coverage is proved for 30 days.',
    ]);
  });
});

it('gaps with the same consequence are told together', () => {
  const all = [1, 2, 3].map((start) => ({ startMs: start, endMs: start + 1 }));
  const groups = gapGroups(all, ({ startMs }) => [startMs === 2 ? 'other' : 'same']);
  expect(groups.map(({ gaps, words }) => [gaps.length, words])).toEqual([
    [2, ['same']],
    [1, ['other']],
  ]);
});
