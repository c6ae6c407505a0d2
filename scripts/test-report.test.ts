import { expect, it } from 'vitest';
import { addCounts, countReport } from './test-report.ts';

const report = (passed: number, failed: number, testResults: unknown[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, testResults });

it('counts tests', () => {
  expect(countReport(report(3, 0), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  expect(addCounts([countReport(report(3, 1), 1), countReport(report(2, 0), 0)])).toEqual({
    passed: 5,
    failed: 1,
    skipped: 2,
  });
});

it('counts a file that broke before its tests ran', () => {
  const broken = { name: 'a', status: 'failed', assertionResults: [] };
  const red = { name: 'b', status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(countReport(report(3, 1, [broken, red]), 1).failed).toBe(2);
});

it('never makes a run that went wrong look whole', () => {
  expect(countReport(report(3, 0), 1).failed).toBe(1);
  expect(countReport(null, 0).failed).toBe(1);
  expect(countReport('{', 1).failed).toBe(1);
});
