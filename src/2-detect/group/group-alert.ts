import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { type Alert, urgencyOf } from '../alert/alert.ts';
import { selectAlert, updateAlert } from '../alert/store.ts';
import { detectPorts } from '../ports.ts';
import type { RouteOutcome } from '../route/contract.ts';
import { joinAddressGroup, makeAddressGroup, meetingOf } from './address-group.ts';
import { groupKey } from './group-key.ts';
import { findOrLock, type Grouped, joinGroup, makeGroup, NOT_CLOSED } from './join-group.ts';
import { member, STORM_RULE } from './membership.ts';
import { joinStorm } from './storm.ts';
import { selectGroup } from './store.ts';

/**
 * Puts a new alert that would page into the group that its route names, else with those of the same address, or into the
 * storm when too many come; a member asks through the lead, and a graver one takes the lead.
 */
export async function groupAlert(
  ctx: Ctx,
  alert: Alert,
  wanted: RouteOutcome['group'],
  routeName: string,
): Promise<Grouped> {
  const alone = { alert, tell: async () => undefined };
  if (alert.quiet === 'grouped' && alert.groupId !== null) return { ...alone, alert: await sayGroup(ctx, alert) };
  // What somebody answered before it was told asks nobody, so it can ask for no others either.
  if (alert.state !== 'open') return alone;
  if (alert.incidentId !== null || alert.assigneeId !== null || alert.drill || urgencyOf(alert) === 'none')
    return alone;
  const policyId = await detectPorts().escalationPolicyFor(ctx, alert);
  // What leads a group already asks for it; what its route groups is grouped by nothing else, but by a storm.
  const meeting = wanted === null && alert.groupId === null ? await meetingOf(ctx, alert, policyId) : null;
  const together =
    (meeting && (await joinAddressGroup(ctx, alert, meeting))) ??
    (await joinStorm(ctx, alert, policyId)) ??
    (meeting && (await makeAddressGroup(ctx, alert, meeting)));
  if (together !== null) return together;
  if (wanted === null || alert.groupId !== null) return alone;
  const key = groupKey(alert, wanted.by);
  const openUntil = addSeconds(ctx.now, wanted.windowSeconds);
  const group = await findOrLock(ctx, key);
  const words = `by the route “${routeName}”`;
  if (group !== null) return await joinGroup(ctx, alert, { group, openUntil, words });
  const made = await makeGroup(ctx, { kind: 'route', key, lead: alert, openUntil });
  return { ...alone, alert: (await updateAlert(ctx, alert.id, NOT_CLOSED, { groupId: made.id })) ?? alert };
}

/** One that a storm took in while it waited to be decided about says so beside what was decided. */
async function sayGroup(ctx: Ctx, alert: Alert): Promise<Alert> {
  const group = await selectGroup(ctx, alert.groupId ?? '');
  const lead = group === null ? null : await selectAlert(ctx, group.leadId);
  if (group?.kind !== 'storm' || lead === null) return alert;
  return (await updateAlert(ctx, alert.id, NOT_CLOSED, member(group, alert, lead, STORM_RULE))) ?? alert;
}
