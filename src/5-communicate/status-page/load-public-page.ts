import { listStateIntervals, readPlannedTimes } from '#monitor';
import { systemActor } from '#kernel/actor.ts';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import { selectComponents, selectIntervals } from '../component/store.ts';
import type { PublicPage } from '../public/page.ts';
import { selectPostmortems, selectPublicIncidents, selectUpdates } from '../update/store.ts';
import { assemblePage, DAYS_ON_PAGE, type PageRecord } from './assemble.ts';
import { pageUrl } from './present.ts';
import type { StatusPageRow } from './store.ts';

const PAST_INCIDENTS = 50;

/** Reads everything that a page is made of. */
export async function readPageRecord(ctx: Ctx, page: StatusPageRow): Promise<PageRecord> {
  // one day more than shown, since days are cut in the page's zone
  const since = new Date(ctx.now.getTime() - (DAYS_ON_PAGE + 1) * DAY_MS);
  const components = await selectComponents(ctx, { statusPageId: page.id });
  const serviceIds = [...new Set(components.flatMap(({ serviceId }) => (serviceId === null ? [] : [serviceId])))];
  const incidents = await selectPublicIncidents(ctx, page.id, PAST_INCIDENTS);
  return {
    page,
    url: pageUrl(ctx, page),
    components,
    said: await selectIntervals(
      ctx,
      components.map(({ id }) => id),
      since,
    ),
    measured: serviceIds.length === 0 ? [] : await listStateIntervals(ctx, { serviceIds, from: since, to: ctx.now }),
    planned: await readPlannedTimes(ctx, since),
    incidents,
    updates: await selectUpdates(
      ctx,
      incidents.map(({ incidentId }) => incidentId),
    ),
    postmortems: await selectPostmortems(ctx, page.id),
  };
}

/** The page as the public may see it now. */
export async function loadPublicPage(ctx: Ctx, page: StatusPageRow): Promise<PublicPage> {
  return assemblePage(await readPageRecord(ctx, page), ctx.now);
}

/** A context for reading a page on nobody's behalf. */
export function readerOf(system: System, workspaceId: string): Ctx {
  return system.read({ actor: systemActor('status-page'), workspaceId });
}
