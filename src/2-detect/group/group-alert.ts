import { MINUTE_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { type Alert, isGraver, urgencyOf } from '../alert/alert.ts';
import { alertJoined, alertQuieted, alertReturned } from '../alert/events.ts';
import { readStanding } from '../alert/standing-store.ts';
import { lockAlert, selectAlert, updateAlert } from '../alert/store.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { detectPorts } from '../ports.ts';
import type { RouteOutcome } from '../route/contract.ts';
import { groupKey } from './group-key.ts';
import { lead as leading, member, STORM_RULE } from './membership.ts';
import {
  countFresh,
  type GroupRow,
  insertGroup,
  lockFreshAsking,
  lockGroupKey,
  selectGroup,
  selectOpenGroup,
  updateGroup,
} from './store.ts';

const NOT_CLOSED = ['open', 'acknowledged'] as const;
/** A storm goes on for so long after the last minute in which too much came. */
const STORM_MS = 5 * MINUTE_MS;

/** What later stages hear once they know of the alert itself. */
export type Grouped = { readonly alert: Alert; readonly tell: () => Promise<void> };

type Joining = { readonly group: GroupRow; readonly openUntil: Date; readonly words: string };

/**
 * Puts a new alert that would page into the group that its route names, or into the storm when too many come; a member asks
 * through the lead, and a graver one takes the lead.
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
  const storm = await joinStorm(ctx, alert);
  if (storm !== null) return storm;
  // What leads a group already asks for it.
  if (wanted === null || alert.groupId !== null) return alone;
  const key = groupKey(alert, wanted.by);
  const openUntil = new Date(ctx.now.getTime() + wanted.windowSeconds * 1_000);
  const group = await findOrLock(ctx, key);
  const words = `by the route “${routeName}”`;
  if (group !== null) return await join(ctx, alert, { group, openUntil, words });
  const made = await makeGroup(ctx, 'route', key, alert, openUntil);
  return { ...alone, alert: (await updateAlert(ctx, alert.id, NOT_CLOSED, { groupId: made.id })) ?? alert };
}

/** One that a storm took in while it waited to be decided about says so beside what was decided. */
async function sayGroup(ctx: Ctx, alert: Alert): Promise<Alert> {
  const group = await selectGroup(ctx, alert.groupId ?? '');
  const lead = group === null ? null : await selectAlert(ctx, group.leadId);
  if (group?.kind !== 'storm' || lead === null) return alert;
  return (await updateAlert(ctx, alert.id, NOT_CLOSED, member(group, alert, lead, STORM_RULE))) ?? alert;
}

async function joinStorm(ctx: Ctx, alert: Alert): Promise<Grouped | null> {
  const { stormPerMinute } = await readStanding(ctx);
  if (stormPerMinute === null) return null;
  const since = new Date(ctx.now.getTime() - MINUTE_MS);
  const over = (await countFresh(ctx, since, stormPerMinute + 1)) > stormPerMinute;
  const key = await stormKey(ctx, alert);
  const group = over ? await findOrLock(ctx, key) : await selectOpenGroup(ctx, key);
  if (group === null) return over ? await beginStorm(ctx, alert, key, since) : null;
  const openUntil = over ? new Date(ctx.now.getTime() + STORM_MS) : group.openUntil;
  const joined = await join(ctx, alert, { group, openUntil, words: STORM_RULE });
  const stragglers = await foldStragglers(ctx, joined.alert, group, key, since);
  return {
    alert: joined.alert,
    tell: async () => {
      await joined.tell();
      await tellQuietened(ctx, stragglers);
    },
  };
}

/** A group that is there; else nobody but this transaction makes it from now on. */
async function findOrLock(ctx: Ctx, key: string): Promise<GroupRow | null> {
  const there = await selectOpenGroup(ctx, key);
  if (there !== null) return there;
  await lockGroupKey(ctx, key);
  return await selectOpenGroup(ctx, key);
}

const folded = new WeakSet<Ctx['transaction']>();

/** What this transaction had let ask by itself before another one began the storm; once is enough. */
async function foldStragglers(ctx: Ctx, alert: Alert, group: GroupRow, key: string, since: Date): Promise<Alert[]> {
  if (folded.has(ctx.transaction)) return [];
  folded.add(ctx.transaction);
  const lead = (await selectAlert(ctx, group.leadId)) ?? alert;
  const quietened: Alert[] = [];
  for (const one of await lockFreshAsking(ctx, since)) {
    if (one.id === alert.id || one.id === group.leadId || (await stormKey(ctx, one)) !== key) continue;
    const changed = await updateAlert(ctx, one.id, NOT_CLOSED, member(group, one, lead, STORM_RULE));
    if (!changed) continue;
    await writeEntry(ctx, {
      alertId: one.id,
      kind: 'grouped',
      text: 'Grouped, because it came in a storm.',
      data: { groupId: group.id },
    });
    touchAlert(ctx, one);
    quietened.push(changed);
  }
  return quietened;
}

async function tellQuietened(ctx: Ctx, alerts: readonly Alert[]): Promise<void> {
  for (const alert of alerts) await ctx.publish(alertQuieted, { alert, why: 'grouped' });
}

/** One storm for each escalation policy, since each asks other people. */
async function stormKey(ctx: Ctx, alert: Alert): Promise<string> {
  return `storm\n${await detectPorts().escalationPolicyFor(ctx, alert)}`;
}

/** Everything of the last minute that asks the same people becomes one: the gravest asks for all, the others fall silent. */
async function beginStorm(ctx: Ctx, alert: Alert, key: string, since: Date): Promise<Grouped> {
  const all = [alert];
  for (const one of await lockFreshAsking(ctx, since))
    if (one.id !== alert.id && (await stormKey(ctx, one)) === key) all.push(one);
  const first = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [lead = alert] = first.toSorted(
    (a, b) => Number(isGraver(b.severity, a.severity)) - Number(isGraver(a.severity, b.severity)),
  );
  const group = await makeGroup(ctx, 'storm', key, lead, new Date(ctx.now.getTime() + STORM_MS));
  let own = alert;
  const quietened: Alert[] = [];
  for (const one of all) {
    const isLead = one.id === lead.id;
    const stands = isLead
      ? leading(group, one, 'It came in a storm of alerts, and asks for all of them.')
      : member(group, one, lead, STORM_RULE);
    const changed = (await updateAlert(ctx, one.id, NOT_CLOSED, stands)) ?? one;
    await writeEntry(ctx, {
      alertId: one.id,
      kind: 'grouped',
      text: isLead
        ? 'It asks for all alerts of this storm.'
        : `Grouped with “${lead.title}”, because it came in a storm.`,
      data: { groupId: group.id },
    });
    touchAlert(ctx, one);
    if (one.id === alert.id) own = changed;
    else if (!isLead) quietened.push(changed);
  }
  ctx.touch('storms');
  const tell = async () => {
    await tellQuietened(ctx, quietened);
    await ctx.publish(alertReturned, {
      alert: lead.id === own.id ? own : { ...lead, groupId: group.id },
      why: 'storm',
    });
  };
  return { alert: own, tell };
}

async function makeGroup(
  ctx: Ctx,
  kind: GroupRow['kind'],
  key: string,
  lead: Alert,
  openUntil: Date,
): Promise<GroupRow> {
  const group = {
    workspaceId: ctx.workspaceId,
    id: ctx.newId('grp'),
    kind,
    key,
    leadId: lead.id,
    openedAt: ctx.now,
    lastAt: ctx.now,
    openUntil,
  };
  await insertGroup(ctx, group);
  return group;
}

async function join(ctx: Ctx, alert: Alert, { group, openUntil, words }: Joining): Promise<Grouped> {
  if (group.leadId === alert.id) return { alert, tell: async () => undefined };
  const lead = await lockAlert(ctx, group.leadId);
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

/** What would page louder, or asks for a decision that the lead does not ask for. */
function asksLouder(alert: Alert, lead: Alert): boolean {
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
