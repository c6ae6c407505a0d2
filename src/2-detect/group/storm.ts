import { MINUTE_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import { type Alert, isGraver } from '../alert/alert.ts';
import { alertQuieted, alertReturned } from '../alert/events.ts';
import { readStanding } from '../alert/standing-store.ts';
import { selectAlert, updateAlert } from '../alert/store.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { detectPorts } from '../ports.ts';
import { findOrLock, type Grouped, joinGroup, makeGroup, NOT_CLOSED } from './join-group.ts';
import { lead as leading, member, STORM_RULE } from './membership.ts';
import { absorbGroup, countFresh, type GroupRow, lockFreshAsking, selectOpenGroup } from './store.ts';

/** A storm goes on for so long after the last minute in which too much came. */
const STORM_MS = 5 * MINUTE_MS;

/** Puts an alert into the storm that goes on, or begins one when too many ask; null while they are few. */
export async function joinStorm(ctx: Ctx, alert: Alert, policyId: string): Promise<Grouped | null> {
  const { stormPerMinute } = await readStanding(ctx);
  if (stormPerMinute === null) return null;
  const since = new Date(ctx.now.getTime() - MINUTE_MS);
  const over = (await countFresh(ctx, since, stormPerMinute + 1)) > stormPerMinute;
  const key = stormKey(policyId);
  const group = over ? await findOrLock(ctx, key) : await selectOpenGroup(ctx, key);
  if (group === null) return over ? await beginStorm(ctx, alert, key, since) : null;
  const openUntil = over ? new Date(ctx.now.getTime() + STORM_MS) : group.openUntil;
  if (alert.groupId !== null) await absorb(ctx, alert, group, (await selectAlert(ctx, group.leadId)) ?? alert);
  const joined = await joinGroup(ctx, alert, { group, openUntil, words: STORM_RULE });
  const stragglers = await foldStragglers(ctx, joined.alert, group, key, since);
  return {
    alert: joined.alert,
    tell: async () => {
      await joined.tell();
      await tellQuietened(ctx, stragglers);
    },
  };
}

const folded = new WeakSet<Ctx['transaction']>();

/** What this transaction had let ask by itself before another one began the storm; once is enough. */
async function foldStragglers(ctx: Ctx, alert: Alert, group: GroupRow, key: string, since: Date): Promise<Alert[]> {
  if (folded.has(ctx.transaction)) return [];
  folded.add(ctx.transaction);
  const lead = (await selectAlert(ctx, group.leadId)) ?? alert;
  const quietened: Alert[] = [];
  for (const one of await lockFreshAsking(ctx, since)) {
    if (one.id === alert.id || one.id === group.leadId || (await stormKeyOf(ctx, one)) !== key) continue;
    const changed = await updateAlert(ctx, one.id, NOT_CLOSED, member(group, one, lead, STORM_RULE));
    if (!changed) continue;
    await absorb(ctx, one, group, lead);
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

/** What asked for others behind its address brings them along, so that the storm asks for these as well. */
async function absorb(ctx: Ctx, one: Alert, storm: GroupRow, lead: Alert): Promise<void> {
  if (one.groupId === null || one.groupId === storm.id) return;
  const reasons = member(storm, { reasons: [] }, lead, STORM_RULE).reasons;
  await absorbGroup(ctx, { groupId: one.groupId, leadId: one.id, into: storm.id, reasons });
}

async function tellQuietened(ctx: Ctx, alerts: readonly Alert[]): Promise<void> {
  for (const alert of alerts) await ctx.publish(alertQuieted, { alert, why: 'grouped' });
}

/** One storm for each escalation policy, since each asks other people. */
const stormKey = (policyId: string) => `storm\n${policyId}`;

const stormKeyOf = async (ctx: Ctx, alert: Alert) => stormKey(await detectPorts().escalationPolicyFor(ctx, alert));

/** Everything of the last minute that asks the same people becomes one: the gravest asks for all, the others fall silent. */
async function beginStorm(ctx: Ctx, alert: Alert, key: string, since: Date): Promise<Grouped> {
  const all = [alert];
  for (const one of await lockFreshAsking(ctx, since))
    if (one.id !== alert.id && (await stormKeyOf(ctx, one)) === key) all.push(one);
  const first = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [lead = alert] = first.toSorted(
    (a, b) => Number(isGraver(b.severity, a.severity)) - Number(isGraver(a.severity, b.severity)),
  );
  const group = await makeGroup(ctx, { kind: 'storm', key, lead, openUntil: new Date(ctx.now.getTime() + STORM_MS) });
  let own = alert;
  const quietened: Alert[] = [];
  for (const one of all) {
    const isLead = one.id === lead.id;
    const stands = isLead
      ? leading(group, one, 'It came in a storm of alerts, and asks for all of them.')
      : member(group, one, lead, STORM_RULE);
    const changed = (await updateAlert(ctx, one.id, NOT_CLOSED, stands)) ?? one;
    await absorb(ctx, one, group, lead);
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
