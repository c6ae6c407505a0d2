import type { Ctx } from '#platform/ctx.ts';
import type { CoverageReportView } from './contract.ts';
import { findReport } from './store.ts';

const NOT_YET: CoverageReportView = {
  provedAt: null,
  from: null,
  until: null,
  policies: 0,
  schedules: 0,
  count: 0,
  findings: [],
};

/** The last report. */
export async function readCoverage(ctx: Ctx): Promise<CoverageReportView> {
  return (await findReport(ctx)) ?? NOT_YET;
}
