import { audit, listMembers } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { detectPorts } from '../ports.ts';
import { touchAlert } from './acknowledge-alert.ts';
import { type Alert, mayPageAnew, urgencyOf } from './alert.ts';
import { alertReturned } from './events.ts';
import { changeLocked, lockForAct } from './lock-for-act.ts';

export type Assignment = { readonly userId?: string | undefined; readonly policyId?: string | undefined };

/**
 * Gives an alert to a person or an escalation policy: it is open, and they are paged at once (quietly, for an alert that
 * would have paged nobody). Refuses a closed alert, one of an incident, and whoever cannot take it.
 */
export async function reassignAlert(ctx: Ctx, alertId: string, to: Assignment): Promise<Alert> {
  const { alert: before } = await lockForAct(ctx, alertId, mayPageAnew);
  const { userId = null, policyId = null } = to;
  if ((userId === null) === (policyId === null))
    throw invalid('body', 'name either a person (userId) or an escalation policy (policyId)');
  const name = userId === null ? await policyName(ctx, policyId ?? '') : await memberName(ctx, userId);
  const alert = await changeLocked(ctx, before, {
    state: 'open',
    acknowledgedBy: null,
    acknowledgedAt: null,
    snoozedUntil: null,
    assigneeId: userId,
    // A person comes first in the steps that were there anyway.
    policyId: policyId ?? before.policyId,
    quiet: null,
    quietUntil: null,
    muteId: null,
    quietBy: null,
    urgency: urgencyOf({ ...before, quiet: null }) === 'none' ? 'low' : before.urgency,
  });
  await audit(ctx, { action: 'alert.reassign', subjectId: alertId, detail: { userId, policyId } });
  await writeEntry(ctx, { alertId, kind: 'reassigned', text: `Gave it to ${name}.`, data: { userId, policyId } });
  touchAlert(ctx, alert);
  await ctx.publish(alertReturned, { alert, why: 'reassigned' });
  return alert;
}

async function memberName(ctx: Ctx, userId: string): Promise<string> {
  const member = (await listMembers(ctx)).find(({ id }) => id === userId);
  if (!member) throw notFound('person', userId);
  if (!member.active) throw invalid('body.userId', `${member.name} is not active any more; choose somebody who is`);
  return member.name;
}

async function policyName(ctx: Ctx, policyId: string): Promise<string> {
  const name = await detectPorts().escalationPolicyName(ctx, policyId);
  if (name === null) throw notFound('escalation policy', policyId);
  return `the escalation policy “${name}”`;
}
