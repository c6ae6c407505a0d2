import type { Ctx } from '#platform/ctx.ts';
import { type CoverageReportView, isCoverageHole } from './contract.ts';
import { findReport } from './store.ts';

const NOT_YET: CoverageReportView = {
  provedAt: null,
  from: null,
  until: null,
  policies: 0,
  schedules: 0,
  count: 0,
  holes: 0,
  findings: [],
};

/** The last report. */
export async function readCoverage(ctx: Ctx): Promise<CoverageReportView> {
  const report = await findReport(ctx);
  // One that was written before holes were counted has them all the same.
  return report ? { ...report, holes: report.findings.filter(isCoverageHole).length } : NOT_YET;
}
