import { z } from 'zod';

/** What vitest's JSON reporter writes, as far as we count it. */
const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

/**
 * Counts one run. A file that failed before any of its tests did counts as one failure, and so does a run that ended badly
 * or left no report though no test failed: nothing that went wrong may add up to none.
 */
export function countReport(text: string | null, exitCode: number): Count {
  const parsed = text === null ? null : report.safeParse(parseJson(text));
  if (!parsed?.success) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = parsed.data;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: numPendingTests };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function addCounts(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
