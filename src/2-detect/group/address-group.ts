import { readTargetHosts } from '#monitor';
import { addSeconds } from '#kernel/duration.ts';
import { classifyAddress } from '#platform/address-guard.ts';
import type { Ctx } from '#platform/ctx.ts';
import { touchAlert } from '../alert/acknowledge-alert.ts';
import type { Alert } from '../alert/alert.ts';
import { readStanding } from '../alert/standing-store.ts';
import { lockAlert, updateAlert } from '../alert/store.ts';
import { writeEntry } from '../journal/write-entry.ts';
import { detectPorts } from '../ports.ts';
import { type Grouped, joinGroup, makeGroup, NOT_CLOSED } from './join-group.ts';
import { lead as leading } from './membership.ts';
import {
  type GroupRow,
  hasService,
  lockGroupKey,
  lockLonely,
  MOST_NAMES,
  selectAddressGroup,
  widenGroup,
} from './store.ts';

/**
 * Monitors behind one address fail together and for one reason, so the first of them asks for all: whoever is asked gets
 * one page, not one a monitor. Each escalation policy has its own group, since each asks other people.
 */
const keyOf = (policyId: string) => `address\n${policyId}`;

/** Where an alert may meet others that fail with it. */
export type Meeting = { readonly policyId: string; readonly names: readonly string[]; readonly windowSeconds: number };

/** Null when the alert is no monitor's, when its monitor asks no address, or when the workspace groups none by address. */
export async function meetingOf(ctx: Ctx, alert: Alert, policyId: string): Promise<Meeting | null> {
  const { addressSeconds } = await readStanding(ctx);
  const names = addressSeconds === null ? [] : await namesOf(ctx, alert);
  return addressSeconds === null || names.length === 0 ? null : { policyId, names, windowSeconds: addressSeconds };
}

/** An alert joins those that failed with it at an address or host that its monitor asks; null when there are none. */
export async function joinAddressGroup(ctx: Ctx, alert: Alert, meeting: Meeting): Promise<Grouped | null> {
  const { policyId, names } = meeting;
  const group = await selectAddressGroup(ctx, keyOf(policyId), names);
  if (group === null || (await isAnswered(ctx, group, alert))) return null;
  const isWider = names.some((name) => !group.names.includes(name));
  if (isWider && group.names.length < MOST_NAMES) await widenGroup(ctx, group.id, names);
  const shared = names.find((name) => group.names.includes(name)) ?? '';
  const words = `because it asks ${shared}, as others do that failed with it`;
  // It ends when it was said to: else one thing that fails again and again would keep all others quiet.
  return await joinGroup(ctx, alert, { group, openUntil: group.openUntil, words });
}

/**
 * Somebody is on it already, and knows nothing of the service that fails now: it asks for itself, and for what follows. In
 * an incident it is seen by everybody, so there it joins. What was put off asks for nobody else meanwhile.
 */
async function isAnswered(ctx: Ctx, group: GroupRow, { serviceId }: Alert): Promise<boolean> {
  const lead = await lockAlert(ctx, group.leadId);
  if (lead === null || lead.state === 'closed' || lead.incidentId !== null) return false;
  if (lead.snoozedUntil !== null) return true;
  if (lead.state !== 'acknowledged' || lead.serviceId === serviceId) return false;
  return serviceId === null || !(await hasService(ctx, group.id, serviceId));
}

/** The second alert at an address makes a group with the first one, which asks already; null when it is itself the first. */
export async function makeAddressGroup(ctx: Ctx, alert: Alert, meeting: Meeting): Promise<Grouped | null> {
  // Of two that come at the same moment the second waits for the first, so that one of them asks and not both.
  await lockGroupKey(ctx, keyOf(meeting.policyId));
  const joined = await joinAddressGroup(ctx, alert, meeting);
  if (joined !== null) return joined;
  for (const first of await lockLonely(ctx, addSeconds(ctx.now, -meeting.windowSeconds), alert.id)) {
    const names = await namesOf(ctx, first);
    const shared = names.find((name) => meeting.names.includes(name));
    if (shared === undefined) continue;
    if ((await detectPorts().escalationPolicyFor(ctx, first)) !== meeting.policyId) continue;
    await lead(ctx, first, { ...meeting, names }, shared);
    return await joinAddressGroup(ctx, alert, meeting);
  }
  return null;
}

async function lead(
  ctx: Ctx,
  first: Alert,
  { policyId, names, windowSeconds }: Meeting,
  shared: string,
): Promise<void> {
  const openUntil = addSeconds(ctx.now, windowSeconds);
  const group = await makeGroup(ctx, { kind: 'address', key: keyOf(policyId), lead: first, openUntil, names });
  const words = `Others that ask ${shared} failed with it, and it asks for all of them.`;
  await updateAlert(ctx, first.id, NOT_CLOSED, leading(group, first, words));
  await writeEntry(ctx, { alertId: first.id, kind: 'grouped', text: words, data: { groupId: group.id } });
  touchAlert(ctx, first);
}

/**
 * The address and the host that the monitor of an alert asks; nothing for what is no monitor's, and for one that asks
 * somebody else about its target. Through a proxy the address is the proxy's, which says nothing. An address that is not
 * public is another one at each place.
 */
async function namesOf(ctx: Ctx, { monitorId, evidence }: Alert): Promise<readonly string[]> {
  const host = monitorId === null ? undefined : (await readTargetHosts(ctx, [monitorId])).get(monitorId);
  if (host === undefined) return [];
  const address = isByProxy(evidence?.['connection']) ? null : textOf(evidence?.['address']);
  const place = textOf(evidence?.['location']);
  const own = (name: string) => (place !== null && !isPublic(address) ? `${name} (${place})` : name);
  return [...new Set([...(address === null ? [] : [own(address)]), own(host)])];
}

function isByProxy(connection: unknown): boolean {
  return typeof connection === 'object' && connection !== null && 'proxy' in connection && connection.proxy !== null;
}

function isPublic(address: string | null): boolean {
  return address === null || classifyAddress(address) === 'public';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
