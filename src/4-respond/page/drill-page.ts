import type { Ctx } from '#platform/ctx.ts';
import { documentOf, namedPeople, stepOf, targetsOf } from '../escalation/policy.ts';
import { openPage } from './open-page.ts';
import type { Page } from './page.ts';

/** Why a drill's page ends that nobody acknowledged. */
export const DRILL_MISSED = 'not acknowledged in time';

/** A test page to one person by their own rules for high urgency; it asks nobody else and ends by itself. */
export async function openDrillPage(ctx: Ctx, userId: string, title: string, seconds: number): Promise<Page> {
  return openPage(ctx, {
    title,
    cause: 'drill',
    urgency: 'high',
    severity: null,
    drill: true,
    alertId: null,
    incidentId: null,
    serviceId: null,
    policy: { id: null, version: null, name: 'Paging drill' },
    document: documentOf([stepOf([userId], seconds)]),
    startsAt: ctx.now,
  });
}

/** Whether a drill's page is for a person. */
export function isDrillOf({ document }: Pick<Page, 'document'>, userId: string): boolean {
  return namedPeople(targetsOf(document)).includes(userId);
}
