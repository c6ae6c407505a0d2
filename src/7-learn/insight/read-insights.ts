import { listIncidents, listPromises, readWholeTimeline } from '#declare';
import { listAlertsBetween } from '#detect';
import { DAY_MS } from '#kernel/duration.ts';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { countActionItems } from '../action-item/store.ts';
import { readToday } from '../action-item/present.ts';
import { selectPostmortemsDue } from '../postmortem/store.ts';
import { computeInsights } from './compute.ts';
import type { Insights } from './contract.ts';

const DEFAULT_DAYS = 30;
const LONGEST_DAYS = 400;

/** Insights over a window, by default the last 30 days. */
export async function readInsights(
  ctx: Ctx,
  window: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<Insights> {
  const to = window.to ? new Date(window.to) : ctx.now;
  const from = window.from ? new Date(window.from) : new Date(to.getTime() - DEFAULT_DAYS * DAY_MS);
  if (from >= to) throw invalid('query.from', 'must lie before the end of the window');
  if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS)
    throw invalid('query.from', `must be at most ${LONGEST_DAYS} days before the end of the window`);
  const incidents = await listIncidents(ctx, { from, to });
  const timelines = new Map<string, Awaited<ReturnType<typeof readWholeTimeline>>>();
  for (const incident of incidents) timelines.set(incident.id, await readWholeTimeline(ctx, incident.id));
  const alerts = await listAlertsBetween(ctx, { from, to });
  return computeInsights({
    from,
    to,
    now: ctx.now,
    incidents,
    timelines,
    promises:
      incidents.length > 0 ? await listPromises(ctx, { incidentIds: incidents.map((incident) => incident.id) }) : [],
    alerts: alerts.filter((alert) => !alert.drill),
    actionItems: await countActionItems(ctx, (await readToday(ctx)).today.toString()),
    postmortems: await selectPostmortemsDue(ctx, from, to),
  });
}
