import { audit, isWithinBusinessHours, NO_HOLIDAYS, readWorkspace } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { DrillPlanView } from './contract.ts';
import { DRILL_PLANS } from './drill-rule.ts';
import { type DrillTimes, nextDrillAt } from './plan-times.ts';
import { deletePlan, findPlan, writePlan } from './store.ts';

export async function readPlan(ctx: Ctx): Promise<{ plan: DrillPlanView | null }> {
  const row = await findPlan(ctx);
  if (!row) return { plan: null };
  const { every, weekday, atTime, nextAt } = row;
  return {
    plan: { every, weekday, atTime, nextAt: nextAt.toISOString(), timeZone: (await readWorkspace(ctx)).timeZone },
  };
}

/** Plans drills of everybody on call, within business hours only; null ends them. */
export async function savePlan(ctx: Ctx, plan: DrillTimes | null): Promise<{ plan: DrillPlanView | null }> {
  if (plan === null) {
    await deletePlan(ctx);
  } else {
    const { timeZone, businessHours } = await readWorkspace(ctx);
    const nextAt = nextDrillAt(plan, timeZone, ctx.now);
    // A holiday is left out when it comes; it says nothing about the hour.
    if (!isWithinBusinessHours({ businessHours, timeZone, holidays: NO_HOLIDAYS }, nextAt))
      throw invalid(
        'body.plan.atTime',
        `lies outside business hours (${businessHours.start} to ${businessHours.end} on working days); a planned drill wakes nobody`,
      );
    const { every, weekday, atTime } = plan;
    const changed = { changedAt: ctx.now, changedBy: actorUserId(ctx.actor) };
    await writePlan(ctx, { workspaceId: ctx.workspaceId, every, weekday, atTime, nextAt, ...changed });
    await ctx.wake(DRILL_PLANS, nextAt);
  }
  await audit(ctx, { action: 'drill-plan.save', subjectId: ctx.workspaceId, detail: { plan } });
  ctx.touch('drills');
  return readPlan(ctx);
}
