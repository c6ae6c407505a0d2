import { assignRole, declareIncident, holderOf } from '#declare';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { LIVE_STATES, type Page } from './page.ts';
import { findPage } from './store.ts';

/**
 * Whoever acknowledges becomes incident commander of an incident that has none; `takeCommand` also takes the role from
 * somebody else, and declares an incident when there is only an alert.
 */
export async function giveCommand(ctx: Ctx, page: Page, userId: string, takeCommand: boolean): Promise<Page> {
  // Nothing is broken, so there is nothing to lead.
  if (page.cause === 'drill') return (await findPage(ctx, page.id)) ?? page;
  const incidentId = page.incidentId ?? (takeCommand ? await declareFrom(ctx, page) : null);
  if (incidentId === null) return page;
  const holder = await holderOf(ctx, incidentId, 'incident-commander');
  if (holder !== userId && (holder === null || takeCommand)) {
    await assignRole(ctx, incidentId, 'incident-commander', userId);
  }
  return (await findPage(ctx, page.id)) ?? page;
}

async function declareFrom(ctx: Ctx, page: Page): Promise<string> {
  if (!LIVE_STATES.some((state) => state === page.state))
    throw conflict('This page is over; declare from the alert instead.');
  const incident = await declareIncident(ctx, {
    title: page.title,
    serviceIds: page.serviceId === null ? [] : [page.serviceId],
    alertIds: page.alertId === null ? [] : [page.alertId],
    kind: page.drill ? 'drill' : 'real',
  });
  return incident.id;
}
