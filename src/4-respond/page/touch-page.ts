import type { Ctx } from '#platform/ctx.ts';
import type { Page } from './page.ts';

/** Tells dashboards that a page changed, wherever it is shown. */
export function touchPage(ctx: Ctx, page: Pick<Page, 'id' | 'alertId' | 'incidentId'>): void {
  ctx.touch('pages');
  ctx.touch(`page:${page.id}`);
  if (page.alertId) ctx.touch(`alert:${page.alertId}`);
  if (page.incidentId) ctx.touch(`incident:${page.incidentId}`);
}
