import { systemActor } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { renewCoverage } from './renew-coverage.ts';
import { findDueReports, lockDueReport } from './store.ts';

const BATCH = 20;

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
  if (await lockDueReport(ctx)) await renewCoverage(ctx);
}
