import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectUnlinkedMembers } from '../group/store.ts';
import { writeEntries } from '../journal/write-entry.ts';
import { touchAlert } from './acknowledge-alert.ts';
import type { Alert } from './alert.ts';
import { holdEvidence } from './hold-evidence.ts';
import { lockAlerts, updateAlert } from './store.ts';

const MOST_MEMBERS = 5_000;
const ANY = ['open', 'acknowledged', 'closed'] as const;

/**
 * Links alerts to an incident (disposition `declared`); `whyOf` says in a sentence why one is there when no person put it
 * there. Refuses unknown ones, and ones that belong to another incident.
 */
export async function linkAlertsToIncident(
  ctx: Ctx,
  alertIds: readonly string[],
  incidentId: string,
  whyOf: ReadonlyMap<string, string> = new Map(),
): Promise<Alert[]> {
  const named = await lockAlerts(ctx, alertIds);
  // Alerts that ask as one are one suspicion.
  const groups = [...new Set(named.flatMap(({ groupId }) => groupId ?? []))];
  const members = await lockAlerts(ctx, await selectUnlinkedMembers(ctx, groups, MOST_MEMBERS));
  const wanted = [...new Set([...alertIds, ...members.map(({ id }) => id)])];
  const found = new Map([...named, ...members].map((alert) => [alert.id, alert]));
  const linked: Alert[] = [];
  for (const id of wanted) {
    const before = found.get(id);
    if (!before) throw notFound('alert', id);
    if (before.incidentId !== null && before.incidentId !== incidentId) {
      throw conflict(`The alert "${before.title}" belongs to another incident already (${before.incidentId}).`);
    }
    const change = { incidentId, disposition: 'declared', promptDueAt: null, suspectDueAt: null } as const;
    const why = before.incidentId === incidentId ? {} : { joinedWhy: whyOf.get(id) ?? null };
    const after = (await updateAlert(ctx, id, ANY, { ...change, ...why })) ?? before;
    await holdEvidence(ctx, after);
    linked.push(after);
    touchAlert(ctx, before);
  }
  const news = linked.filter(({ id }) => found.get(id)?.incidentId !== incidentId);
  await writeEntries(
    ctx,
    news.map(({ id, joinedWhy }) => ({
      alertId: id,
      kind: 'linked',
      text: joinedWhy ?? 'Linked it to an incident.',
      data: { incidentId },
    })),
  );
  return linked;
}

/** Takes alerts out of an incident; they count as looked at, so nobody is asked to declare them again. */
export async function unlinkAlertsFromIncident(
  ctx: Ctx,
  alertIds: readonly string[],
  incidentId: string,
): Promise<void> {
  for (const alert of await lockAlerts(ctx, alertIds)) {
    if (alert.incidentId !== incidentId) continue;
    const after = await updateAlert(ctx, alert.id, ANY, { incidentId: null, disposition: null, joinedWhy: null });
    if (after) await holdEvidence(ctx, after);
    const data = { incidentId };
    await writeEntries(ctx, [{ alertId: alert.id, kind: 'unlinked', text: 'Took it out of the incident.', data }]);
    touchAlert(ctx, alert);
  }
}
