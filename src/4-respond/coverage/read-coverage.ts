import { readWorkspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { CoverageReportView } from './contract.ts';
import { nextNight } from './coverage-rule.ts';
import { proveCoverage } from './prove-coverage.ts';
import { findReport, writeReport } from './store.ts';

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

/** Makes the report now. */
export async function renewCoverage(ctx: Ctx): Promise<CoverageReportView> {
  const report = await proveCoverage(ctx);
  await writeReport(ctx, report, nextNight(ctx.now, (await readWorkspace(ctx)).timeZone));
  ctx.touch('coverage');
  return report;
}
