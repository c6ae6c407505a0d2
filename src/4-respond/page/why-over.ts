import { type Alert, readAlerts } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import type { Page } from './page.ts';
import { findPage } from './store.ts';

/** A page that a message is about with its alerts, and why nobody needs the message any more; null while the page asks. */
export async function readWhetherOver(ctx: Ctx, pageId: string) {
  const page = await findPage(ctx, pageId);
  const alerts = page ? await alertsOf(ctx, [page]) : [];
  return { page, alerts, why: whyOver(page, alerts) };
}

/** The alerts that decide about pages outside incidents. */
export async function alertsOf(ctx: Ctx, pages: readonly Page[]): Promise<readonly Alert[]> {
  const ids = pages.flatMap(({ incidentId, alertId }) => (incidentId === null && alertId !== null ? [alertId] : []));
  return ids.length === 0 ? [] : readAlerts(ctx, [...new Set(ids)]);
}

export function whyOver(page: Page | undefined, alerts: readonly Alert[]): string | null {
  if (page?.state === 'acknowledged') return 'The page was acknowledged before this went out.';
  if (page?.state !== 'open') return `The page is over: ${page?.stopReason ?? 'it is gone'}.`;
  if (page.incidentId !== null) return null;
  // The end of an alert is stored, and answered, a moment before it is told. A group may go on without this one.
  const alert = alerts.find(({ id }) => id === page.alertId);
  return alert?.state === 'closed' && alert.groupId === null ? 'The alert is over.' : null;
}
