import { expect, it } from 'vitest';
import { timesOfSteps } from './step-times.ts';

const step = (name: string, tookMs: number, outcome: 'passed' | 'failed' | 'not-run' = 'passed') => ({
  name,
  outcome,
  startedMs: 0,
  tookMs,
  status: 200,
  phases: null,
  failures: [],
  error: null,
  values: [],
});

it('adds up the times of each step that passed, and counts those that failed', () => {
  const runs = [
    { steps: [step('a', 10), step('b', 50, 'failed'), step('c', 0, 'not-run')] },
    ...Array.from({ length: 19 }, (_, at) => ({ steps: [step('a', 11 + at), step('b', 5)] })),
  ];
  expect(timesOfSteps(runs)).toEqual([
    { name: 'a', medianMs: 19, p95Ms: 28, slowestMs: 29, failed: 0, ran: 20 },
    { name: 'b', medianMs: 5, p95Ms: 5, slowestMs: 5, failed: 1, ran: 20 },
    { name: 'c', medianMs: null, p95Ms: null, slowestMs: null, failed: 0, ran: 0 },
  ]);
});
