import { audit } from '#access';
import { type Alert, linkAlertsToIncident, readAlerts } from '#detect';
import { systemActor } from '#kernel/actor.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { incidentDeclared } from '../events.ts';
import { watchForCommander } from '../role/watch-for-commander.ts';
import type { Severity } from '../severity/contract.ts';
import { readSeverityPolicy } from '../severity/read-policy.ts';
import type { SeverityPolicy } from '../severity/severity.ts';
import { watchForSeverity } from '../severity/watch-severity.ts';
import { appendEntry, type NewEntry } from '../timeline/append-entry.ts';
import { recordFirst } from '../timeline/record.ts';
import type { IncidentKind } from './contract.ts';
import { recordEffect } from './effects.ts';
import type { Incident } from './incident.ts';
import type { Facts } from './incident-event.ts';
import { readIncident } from './read-incident.ts';
import { takeNumber } from './store.ts';

export type Declaration = {
  readonly title: string;
  /** Absent = the one that is proposed, or else the policy's default; unconfirmed. */
  readonly severity?: Severity | undefined;
  /** What it is taken for while nobody has chosen. */
  readonly proposedSeverity?: Severity | undefined;
  /** Added to the services of the alerts. */
  readonly serviceIds?: readonly string[] | undefined;
  readonly alertIds?: readonly string[] | undefined;
  /** Absent = yes, unless the severity has no public clocks. */
  readonly customerFacing?: boolean | undefined;
  /** Absent = a drill when every linked alert is one. */
  readonly kind?: IncidentKind | undefined;
  /** Waits for somebody to accept or decline it. */
  readonly suspected?: boolean | undefined;
  /** Declared by a rule; says so everywhere. */
  readonly automatic?: boolean | undefined;
  /** In a sentence for each alert why it is in it, when no person put it there. */
  readonly why?: ReadonlyMap<string, string> | undefined;
  /** Absent = when the earliest alert began, else detection. */
  readonly impactStartedAt?: Date | undefined;
};

const MOST_SERVICES = 50;
/** Of a flood of alerts the timeline tells the first ones; all are linked. */
const MOST_TOLD_ALERTS = 20;

/**
 * Declares an incident: takes the next INC-n, links the alerts, and tells later stages, which page, draft the first
 * update and publish. Refuses unknown services and alerts, alerts of another incident, and an impact that starts in the
 * future.
 */
export async function declareIncident(ctx: Ctx, declaration: Declaration): Promise<Incident> {
  const alerts = await readAlerts(ctx, declaration.alertIds ?? []);
  const policy = await readSeverityPolicy(ctx);
  const serviceIds = await servicesOf(ctx, declaration, alerts);
  const id = ctx.newId('inc');
  const data = factsOf(ctx, { declaration, alerts, policy, serviceIds, number: await takeNumber(ctx) });
  const incident = await recordFirst(ctx, id, { type: 'declared', data, text: sentenceOf(data) });
  for (const alert of alerts.slice(0, MOST_TOLD_ALERTS)) await appendEntry(ctx, id, storyOf(alert));
  const alertIds = [...new Set(declaration.alertIds)];
  await linkAlertsToIncident(ctx, alertIds, id, declaration.why);
  await recordEffect(ctx, id, {
    effect: 'room',
    state: 'done',
    detail: 'The timeline is open; everybody can write in it.',
  });
  await audit(ctx, {
    action: 'incident.declare',
    subjectId: id,
    detail: { reference: incident.reference, severity: incident.severity, kind: incident.kind },
  });
  await watchForCommander(ctx, incident);
  await watchForSeverity(ctx, incident);
  await ctx.publish(incidentDeclared, { incident, alertIds });
  return await readIncident(ctx, id);
}

async function servicesOf(ctx: Ctx, { serviceIds = [] }: Declaration, alerts: readonly Alert[]): Promise<string[]> {
  const found = new Set((await readServices(ctx, serviceIds)).map((service) => service.id));
  for (const id of serviceIds) if (!found.has(id)) throw notFound('service', id);
  const all = new Set([...serviceIds, ...alerts.flatMap((alert) => alert.serviceId ?? [])]);
  return [...all].slice(0, MOST_SERVICES);
}

type Known = {
  readonly declaration: Declaration;
  readonly alerts: readonly Alert[];
  readonly policy: SeverityPolicy;
  readonly serviceIds: string[];
  readonly number: number;
};

function factsOf(ctx: Ctx, { declaration, alerts, policy, serviceIds, number }: Known): Facts<'declared'> {
  const severity = declaration.severity ?? declaration.proposedSeverity ?? policy.defaultSeverity;
  const detectedAt = earliest(alerts.map((alert) => alert.firstSeenAt)) ?? ctx.now;
  const impactStartedAt = declaration.impactStartedAt ?? earliest(alerts.map((alert) => alert.beganAt)) ?? detectedAt;
  if (impactStartedAt > ctx.now) throw invalid('body.impactStartedAt', 'must not lie in the future');
  const allDrills = alerts.length > 0 && alerts.every((alert) => alert.drill);
  const hasPublicClocks = policy.levels.some(
    (level) => level.severity === severity && level.firstUpdateSeconds !== null,
  );
  return {
    number,
    title: declaration.title,
    severity,
    severityConfirmed: declaration.severity !== undefined,
    severityPolicyVersion: policy.version,
    kind: declaration.kind === 'drill' || allDrills ? 'drill' : 'real',
    automatic: declaration.automatic ?? false,
    suspected: declaration.suspected ?? false,
    customerFacing: declaration.customerFacing ?? hasPublicClocks,
    serviceIds,
    alertIds: [...new Set(declaration.alertIds)],
    impactStartedAt: impactStartedAt.toISOString(),
    detectedAt: detectedAt.toISOString(),
  };
}

/** What the alert said, at the time when it said it; nobody's words, whoever declares. */
function storyOf(alert: Alert): NewEntry {
  const summary = alert.evidence?.['summary'];
  return {
    type: 'check',
    text: typeof summary === 'string' ? `${alert.title}: ${summary}` : alert.title,
    data: { alertId: alert.id, monitorId: alert.monitorId },
    occurredAt: alert.firstSeenAt,
    idempotencyKey: `alert:${alert.id}`,
    actor: systemActor('detect'),
  };
}

function earliest(times: readonly Date[]): Date | undefined {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0];
}

function sentenceOf(facts: Facts<'declared'>): string {
  const what = facts.suspected ? 'Suspected' : 'Declared';
  const severity = facts.severityConfirmed ? facts.severity : `${facts.severity} (not confirmed)`;
  return `${facts.kind === 'drill' ? 'Drill: ' : ''}${what}${facts.automatic ? ' automatically' : ''} as ${severity}: ${facts.title}`;
}
