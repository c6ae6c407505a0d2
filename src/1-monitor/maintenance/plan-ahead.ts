import { systemActor } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { occurrencesAfter } from './repeat.ts';
import { insertWindows } from './store.ts';
import { lockSeries, type MaintenanceSeries, selectPlanned, selectSeriesToPlan, updateSeries } from './series-store.ts';

/** Windows stand ready for what begins within this time: an outage of ours that is shorter misses none. */
const AHEAD_MS = 8 * DAY_MS;
/** At least so many stand ready, so that they can be seen, moved and called off one by one. */
export const SHOWN_AHEAD = 5;
/** What one run plans; the next one goes on. */
const AT_ONCE = 1_000;

/**
 * Plans the windows of a series as far ahead as they are wanted. What should have begun while nobody planned is planned
 * too, since it was said beforehand. A series of which nothing comes any more is over.
 */
export async function planAhead(ctx: Ctx, series: MaintenanceSeries): Promise<void> {
  const horizon = new Date(ctx.now.getTime() + AHEAD_MS);
  const fresh: { startsAt: Date; endsAt: Date }[] = [];
  let ahead = (await selectPlanned(ctx, [series.id], SHOWN_AHEAD)).length;
  let more = false;
  for (const occurrence of occurrencesAfter(series, series.plannedUntil)) {
    if ((occurrence.startsAt > horizon && ahead >= SHOWN_AHEAD) || fresh.length === AT_ONCE) {
      more = true;
      break;
    }
    fresh.push(occurrence);
    if (occurrence.startsAt > ctx.now) ahead++;
  }
  const { serviceIds, monitorIds } = series;
  const common = {
    title: series.title,
    createdAt: ctx.now,
    createdBy: series.createdBy,
    endedAt: null,
    endedBy: null,
    seriesId: series.id,
  };
  const rows = fresh.map((one) => ({ ...common, ...one, id: ctx.newId('mwn'), plannedFor: one.startsAt }));
  await insertWindows(ctx, rows, { serviceIds, monitorIds });
  const [first] = await selectPlanned(ctx, [series.id], 1);
  await updateSeries(ctx, series.id, {
    plannedUntil: fresh.at(-1)?.startsAt ?? series.plannedUntil,
    planDueAt: nextLook(ctx, first?.startsAt, fresh.length === AT_ONCE),
    ...(first === undefined && !more ? { endedAt: ctx.now } : {}),
  });
  if (fresh.length > 0 || first === undefined) ctx.touch('maintenance');
}

function nextLook({ now }: Ctx, first: Date | undefined, goOn: boolean): Date {
  if (goOn) return now;
  return new Date(Math.min(now.getTime() + DAY_MS, first?.getTime() ?? Infinity));
}

/** Keeps windows planned ahead for every series. */
export const planMaintenanceAhead: Rule = {
  name: 'monitor.plan-maintenance',
  async run(system, now) {
    for (const { workspaceId, id } of await selectSeriesToPlan(system.database, now)) {
      await system.transact({ actor: systemActor('maintenance'), workspaceId }, async (ctx) => {
        const series = await lockSeries(ctx, id);
        if (series && series.endedAt === null && series.planDueAt <= ctx.now) await planAhead(ctx, series);
      });
    }
  },
};
