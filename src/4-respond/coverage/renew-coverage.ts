import { readWorkspace } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import type { CoverageReportView } from './contract.ts';
import { proveCoverage } from './prove-coverage.ts';
import { findReport, writeReport } from './store.ts';
import { tellAboutGaps } from './tell-about-gaps.ts';

const NIGHT = '02:00';

/** Makes the report now, and tells the owners of what is new in it. A workspace that was just made is told nothing: it is being set up. */
export async function renewCoverage(ctx: Ctx): Promise<CoverageReportView> {
  const before = await findReport(ctx);
  const report = await proveCoverage(ctx);
  await writeReport(ctx, report, nextNight(ctx.now, (await readWorkspace(ctx)).timeZone));
  if (before !== null) await tellAboutGaps(ctx, report, before);
  ctx.touch('coverage');
  return report;
}

/** The next two o'clock of the workspace. */
export function nextNight(now: Date, timeZone: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const tonight = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(NIGHT) });
  const next = Temporal.ZonedDateTime.compare(tonight, local) > 0 ? tonight : tonight.add({ days: 1 });
  return new Date(next.epochMilliseconds);
}
