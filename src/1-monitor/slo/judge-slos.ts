import { systemActor } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { sloBurnChanged } from '../events.ts';
import { budgetOf, type Burning, type BurnSeverity, burnWords, judgeBurn, spanOf } from './burn.ts';
import { readStretches, servicesOf, windowOf } from './read-slos.ts';
import { lockSlo, selectBurning, type SloRow, updateSlo } from './store.ts';

const AT_ONCE = 1_000;

/** Judges every SLO that has had downtime of late: its alerts fire and end by themselves. */
export const judgeSlos: Rule = {
  name: 'monitor.judge-slos',
  async run(system, now) {
    for (const { workspaceId, id } of await selectBurning(system.database, now, AT_ONCE))
      await system.transact({ actor: systemActor('slo'), workspaceId }, async (ctx) => {
        const slo = await lockSlo(ctx, id);
        if (slo) await judge(ctx, slo);
      });
  },
};

async function judge(ctx: Ctx, slo: SloRow): Promise<void> {
  const longest = new Date(ctx.now.getTime() - slo.looksBackMinutes * 60_000);
  const burning = judgeBurn(slo.alerts, await readStretches(ctx, slo, longest), slo.objective, ctx.now);
  for (const severity of ['critical', 'warning'] as const) {
    const fires = burning[severity];
    const since = slo[`${severity}Since`];
    if ((fires === null) === (since === null)) continue;
    await updateSlo(ctx, slo.id, { [`${severity}Since`]: fires === null ? null : ctx.now });
    if (fires === null) await tellCalm(ctx, slo, severity, false);
    else await tellBurning(ctx, slo, severity, fires);
    ctx.touch('slos');
  }
}

async function tellBurning(
  ctx: Ctx,
  slo: SloRow,
  severity: BurnSeverity,
  { alert: { longMinutes, shortMinutes, burnRate: threshold }, burnRate }: NonNullable<Burning[BurnSeverity]>,
): Promise<void> {
  const span = spanOf(windowOf(slo), ctx.now);
  const budget = budgetOf(await readStretches(ctx, slo, span.from), slo.objective, span, ctx.now);
  await ctx.publish(sloBurnChanged, {
    ...(await aboutOf(ctx, slo)),
    severity,
    state: 'burning',
    words: burnWords(burnRate, budget, slo.objective),
    figures: { objective: slo.objective, burnRate, threshold, longMinutes, shortMinutes, ...budget },
    at: ctx.now,
  });
}

/** Tells that an alert of an SLO is over, or, when somebody removed it, that nothing more will be said. */
export async function tellCalm(ctx: Ctx, slo: SloRow, severity: BurnSeverity, removed: boolean): Promise<void> {
  await ctx.publish(sloBurnChanged, {
    ...(await aboutOf(ctx, slo)),
    severity,
    state: removed ? 'removed' : 'calm',
    words: removed ? 'was removed' : 'burns no longer',
    figures: { objective: slo.objective },
    at: ctx.now,
  });
}

/** Who is asked follows from the service; monitors of several have none in common. */
async function aboutOf(ctx: Ctx, slo: SloRow) {
  const services = await servicesOf(ctx, slo);
  const [only = null, ...more] = services;
  return { sloId: slo.id, sloName: slo.name, serviceId: more.length === 0 ? only : null };
}
