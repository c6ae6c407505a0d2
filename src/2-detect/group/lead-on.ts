import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { addSeconds } from '#kernel/duration.ts';
import { type Alert, PROMPT_AFTER_SECONDS, SUSPECT_AFTER_SECONDS } from '../alert/alert.ts';
import { alertLedOn } from '../alert/events.ts';
import { updateAlert } from '../alert/store.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { ungrouped } from './membership.ts';
import { lockGroupLedBy, lockNextLead, updateGroup } from './store.ts';

const NOT_CLOSED = ['open', 'acknowledged'] as const;

/**
 * The lead of a group is over or was muted: the gravest member that is not takes its place and its pages, so that nobody is asked anew
 * and nothing is forgotten. Told before the end of the lead is. Whatever leads no group is left alone.
 */
export async function leadOn(ctx: Ctx, closed: Alert, why: 'over' | 'muted' = 'over'): Promise<void> {
  if (closed.groupId === null) return;
  const group = await lockGroupLedBy(ctx, closed.id);
  if (group === null) return;
  const next = await lockNextLead(ctx, group.id);
  if (next === null) return;
  await updateGroup(ctx, group.id, { leadId: next.id });
  // Whoever acknowledged the lead is on all of them.
  const taken = closed.acknowledgedBy !== null && next.state === 'open';
  const watched = next.severity === 'critical' && next.disposition === null;
  const to = await updateAlert(ctx, next.id, NOT_CLOSED, {
    quiet: null,
    reasons: JSON.stringify([
      ...ungrouped(next),
      {
        kind: group.kind === 'storm' ? 'storm' : 'group',
        text: `“${closed.title}”, which asked for its group, is ${why}: this one asks for all of them now.`,
        alertId: closed.id,
      },
    ]),
    ...(taken
      ? { state: 'acknowledged', acknowledgedBy: closed.acknowledgedBy, acknowledgedAt: closed.acknowledgedAt }
      : {}),
    ...(watched
      ? {
          promptDueAt: addSeconds(ctx.now, PROMPT_AFTER_SECONDS),
          suspectDueAt: addSeconds(ctx.now, SUSPECT_AFTER_SECONDS),
        }
      : {}),
  });
  if (!to) return;
  await writeEntry(ctx, {
    alertId: to.id,
    kind: 'grouped',
    text: `“${closed.title}” is ${why}; this one asks for the group now.`,
  });
  touchAlert(ctx, to);
  await ctx.publish(alertLedOn, { from: closed, to });
}
