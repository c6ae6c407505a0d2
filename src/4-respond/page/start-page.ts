import type { Severity } from '#declare';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { pinned } from '../escalation/policy.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { openPage } from './open-page.ts';
import type { Page } from './page.ts';

export type NewPage = {
  readonly alertId?: string | null | undefined;
  readonly incidentId?: string | null | undefined;
  readonly serviceId: string | null;
  readonly urgency: Urgency;
  readonly title: string;
  readonly drill: boolean;
  readonly severity?: Severity | null | undefined;
  /** Later than now = held until then. */
  readonly startsAt?: Date | undefined;
};

/** Starts a page by the escalation policy of its service; the first step goes out with this transaction. */
export async function startPage(ctx: Ctx, wanted: NewPage): Promise<Page> {
  const policy = await policyFor(ctx, wanted.serviceId);
  return openPage(ctx, {
    title: wanted.title,
    cause: wanted.incidentId ? 'incident' : 'alert',
    urgency: wanted.urgency,
    severity: wanted.severity ?? null,
    drill: wanted.drill,
    alertId: wanted.alertId ?? null,
    incidentId: wanted.incidentId ?? null,
    serviceId: wanted.serviceId,
    policy,
    document: pinned(policy),
    startsAt: wanted.startsAt ?? ctx.now,
  });
}
