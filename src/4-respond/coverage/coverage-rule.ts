import { readWorkspace } from '#access';
import { systemActor } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { proveCoverage } from './prove-coverage.ts';
import { findDueReports, findReport, lockDueReport, writeReport } from './store.ts';
import { tellAboutGaps } from './tell-about-gaps.ts';

const BATCH = 20;
const NIGHT = '02:00';

/** Every night, and after changes, the next 30 days of every policy are gone through. */
export const coverageRule: Rule = {
  name: 'respond.coverage',
  async run(system, now) {
    for (const workspaceId of await findDueReports(system, now, BATCH)) {
      try {
        await system.transact({ actor: systemActor('coverage'), workspaceId }, renewReport);
      } catch (error) {
        system.log.error({ workspaceId, err: String(error) }, 'coverage could not be proved');
      }
    }
  },
};

async function renewReport(ctx: Ctx): Promise<void> {
  if (!(await lockDueReport(ctx))) return;
  const before = await findReport(ctx);
  const report = await proveCoverage(ctx);
  await writeReport(ctx, report, nextNight(ctx.now, (await readWorkspace(ctx)).timeZone));
  if (before !== null) await tellAboutGaps(ctx, report);
  ctx.touch('coverage');
}

/** The next two o'clock of the workspace. */
export function nextNight(now: Date, timeZone: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const tonight = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(NIGHT) });
  const next = Temporal.ZonedDateTime.compare(tonight, local) > 0 ? tonight : tonight.add({ days: 1 });
  return new Date(next.epochMilliseconds);
}
