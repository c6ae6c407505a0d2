import { type Alert, alertShadowed, type Would } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { planFor } from '../escalation/plan-page.ts';
import { policyFor } from '../escalation/policy-for.ts';
import { findPolicy } from '../escalation/store.ts';
import { findLastOf, insertShadowPage } from './store.ts';

const RANK = { none: 0, low: 1, high: 2 } as const;

/** Keeps what would have been paged, by the plan that the pager itself would have followed; nothing is sent. */
export const hearShadow = on(alertShadowed, async (ctx, { alert, would }) => {
  const last = await findLastOf(ctx, alert.id);
  // One that got no louder would have been counted on its page.
  if (last && RANK[would.urgency] <= RANK[last.urgency]) return;
  await record(ctx, alert, would);
});

async function record(ctx: Ctx, alert: Alert, would: Would): Promise<void> {
  const about = {
    alertId: alert.id,
    alertSourceId: alert.alertSourceId ?? '',
    urgency: would.urgency,
    declares: would.declares,
  };
  ctx.touch('shadow');
  if (would.urgency === 'none')
    return insertShadowPage(ctx, { ...about, why: whyNobody(would), policyName: null, policyVersion: null, steps: [] });
  const named = alert.policyId ? await findPolicy(ctx, alert.policyId) : undefined;
  const policy = named ?? (await policyFor(ctx, alert.serviceId));
  const steps = await planFor(ctx, policy, would.urgency, ctx.now);
  const reached = steps.some(({ people }) => people.some(({ methods }) => methods.length > 0));
  await insertShadowPage(ctx, {
    ...about,
    why: reached ? null : 'Nobody in the policy can be reached.',
    policyName: policy.name,
    policyVersion: policy.version,
    steps,
  });
}

function whyNobody({ quiet }: Would): string {
  switch (quiet) {
    case 'suppressed':
      return 'A route suppresses it.';
    case 'held':
      return 'A route holds it for a while first.';
    case 'maintenance':
      return 'Its service is in maintenance.';
    case 'upstream':
      return 'Something that its service depends on is down.';
    case 'muted':
      return 'It is muted.';
    default:
      return 'It is not grave enough to page anybody.';
  }
}
