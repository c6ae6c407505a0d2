import { isWithinBusinessHours, readWorkspace } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { peopleToDrill } from './people-to-drill.ts';
import { nextDrillAt } from './plan-times.ts';
import { runDrill } from './run-drill.ts';
import { findDuePlans, lockDuePlan, writePlan } from './store.ts';

const BATCH = 50;
/** After a longer outage the drill waits for its next time: it is meant for this hour of this day. */
const WORTH_SECONDS = 1_800;

export const DRILL_PLANS = { name: 'respond.drills' } as const;

/** Drills everybody on call at the times that workspaces have planned. */
export const drillRule: Rule = {
  ...DRILL_PLANS,
  async run(system, now) {
    for (const workspaceId of await findDuePlans(system, now, BATCH)) {
      try {
        await system.transact({ actor: systemActor('drills'), workspaceId }, followPlan);
      } catch (error) {
        system.log.error({ workspaceId, err: String(error) }, 'planned drill could not be started');
      }
    }
  },
};

async function followPlan(ctx: Ctx): Promise<void> {
  const plan = await lockDuePlan(ctx);
  if (!plan) return;
  const workspace = await readWorkspace(ctx);
  const nextAt = nextDrillAt(plan, workspace.timeZone, ctx.now);
  await writePlan(ctx, { ...plan, nextAt });
  await ctx.wake(DRILL_PLANS, nextAt);
  ctx.touch('drills');
  // Business hours, or the zone, may have changed since it was planned, or it is a holiday.
  const isLate = addSeconds(plan.nextAt, WORTH_SECONDS) < ctx.now;
  if (isLate || !isWithinBusinessHours(workspace, ctx.now)) return;
  const { title, userIds } = await peopleToDrill(ctx, { kind: 'on-call' });
  if (userIds.length === 0) return;
  const pageTitle = plan.every === 'week' ? 'Drill: weekly test page' : 'Drill: monthly test page';
  await runDrill(ctx, { title, userIds, pageTitle, askedBy: null, sparesSleep: true });
}
