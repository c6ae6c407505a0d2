import { SECOND_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { type Alert, isGraver, urgencyOf } from '../alert/alert.ts';
import { alertJoined, alertQuieted } from '../alert/events.ts';
import { lockAlert, updateAlert } from '../alert/store.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { lead as leading, member } from './membership.ts';
import { type GroupRow, insertGroup, lockGroupKey, selectOpenGroup, updateGroup } from './store.ts';

export const NOT_CLOSED = ['open', 'acknowledged'] as const;

/** What later stages hear once they know of the alert itself. */
export type Grouped = { readonly alert: Alert; readonly tell: () => Promise<void> };

export type Joining = { readonly group: GroupRow; readonly openUntil: Date; readonly words: string };

/** A group that is there; else nobody but this transaction makes it from now on. */
export async function findOrLock(ctx: Ctx, key: string): Promise<GroupRow | null> {
  const there = await selectOpenGroup(ctx, key);
  if (there !== null) return there;
  await lockGroupKey(ctx, key);
  return await selectOpenGroup(ctx, key);
}

type NewGroup = Pick<GroupRow, 'kind' | 'key' | 'openUntil'> & {
  readonly lead: Alert;
  readonly names?: readonly string[];
};

export async function makeGroup(ctx: Ctx, { lead, names = [], ...given }: NewGroup): Promise<GroupRow> {
  const group = {
    ...given,
    workspaceId: ctx.workspaceId,
    id: ctx.newId('grp'),
    leadId: lead.id,
    openedAt: ctx.now,
    lastAt: ctx.now,
    names: [...names],
  };
  await insertGroup(ctx, group);
  return group;
}

/** One more alert of a group: it asks through the lead, or takes the lead when it asks louder. */
export async function joinGroup(ctx: Ctx, alert: Alert, { group, openUntil, words }: Joining): Promise<Grouped> {
  if (group.leadId === alert.id) return { alert, tell: async () => undefined };
  const lead = await lockAlert(ctx, group.leadId);
  // Of thousands in a moment each would wait for the one before.
  if (ctx.now.getTime() - group.lastAt.getTime() >= SECOND_MS)
    await updateGroup(ctx, group.id, { lastAt: ctx.now, openUntil });
  if (lead === null || lead.state === 'closed' || asksLouder(alert, lead))
    return await takeLead(ctx, alert, lead, group);
  const joined = (await updateAlert(ctx, alert.id, NOT_CLOSED, member(group, alert, lead, words))) ?? alert;
  await writeEntry(ctx, {
    alertId: alert.id,
    kind: 'grouped',
    text: `Grouped with “${lead.title}”, ${words}.`,
    data: { groupId: group.id },
  });
  const { incidentId } = lead;
  return {
    alert: joined,
    tell: async () => {
      if (incidentId !== null) await ctx.publish(alertJoined, { alert: joined, incidentId });
    },
  };
}

const LOUDNESS = { none: 0, low: 1, high: 2 } as const;

/** What would page louder, or asks for a decision that the lead does not ask for. */
function asksLouder(alert: Alert, lead: Alert): boolean {
  // What the lead asks while nothing keeps it quiet: an acknowledged one is no less urgent.
  if (LOUDNESS[urgencyOf({ ...alert, quiet: null })] > LOUDNESS[urgencyOf({ ...lead, quiet: null })]) return true;
  const graver = isGraver(alert.severity, lead.severity);
  return graver && (alert.severity === 'critical' || urgencyOf(alert) !== urgencyOf(lead));
}

async function takeLead(ctx: Ctx, alert: Alert, lead: Alert | null, group: GroupRow): Promise<Grouped> {
  await updateGroup(ctx, group.id, { leadId: alert.id });
  const isOver = lead === null || lead.state === 'closed';
  const text = isOver
    ? 'The alert that asked for its group is over, so this one asks for all of them.'
    : 'It is graver than the others of its group, and asks for all of them.';
  const taken = (await updateAlert(ctx, alert.id, NOT_CLOSED, leading(group, alert, text))) ?? alert;
  await writeEntry(ctx, { alertId: alert.id, kind: 'grouped', text, data: { groupId: group.id } });
  if (isOver || lead.incidentId !== null) return { alert: taken, tell: async () => undefined };
  const stands = member(group, lead, alert, 'with one that is graver');
  const quiet = (await updateAlert(ctx, lead.id, NOT_CLOSED, stands)) ?? lead;
  touchAlert(ctx, lead);
  return { alert: taken, tell: () => ctx.publish(alertQuieted, { alert: quiet, why: 'grouped' }) };
}
