import type { Ctx } from '#platform/ctx.ts';
import { selectLed } from '../group/store.ts';
import { selectExplained } from '../upstream/store.ts';
import { type Alert, pagesAtOnce } from './alert.ts';
import type { AlertReason, AlertView } from './contract.ts';

const DECIDES: ReadonlySet<AlertReason['kind']> = new Set(['route', 'catch-all', 'service']);

const VANISHED: AlertReason = { kind: 'outcome', text: 'It was over while it was held: nobody had been asked.' };

/** An alert as the API shows it. */
export async function presentAlert(ctx: Ctx, alert: Alert): Promise<AlertView> {
  return (await presenterOf(ctx, [alert]))(alert);
}

/** What shows each of some alerts, with everything that has to be read for it read at once. */
export async function presenterOf(ctx: Ctx, alerts: readonly Alert[]): Promise<(alert: Alert) => AlertView> {
  const grouped = alerts.filter(({ groupId, quiet }) => groupId !== null && quiet !== 'grouped');
  const led = await selectLed(
    ctx,
    grouped.map(({ id }) => id),
  );
  // What is quiet itself explains nothing, and most alerts are of no service.
  const causes = alerts.filter(({ serviceId, quiet }) => serviceId !== null && quiet === null);
  const explained = await selectExplained(
    ctx,
    causes.map(({ id }) => id),
  );
  return (alert) => present(alert, led.get(alert.id) ?? null, explained.get(alert.id) ?? null);
}

function present(alert: Alert, standsFor: AlertView['standsFor'], explains: AlertView['explains']): AlertView {
  const { labels, evidence, reasons, joinedWhy, ...rest } = alert;
  const joined: AlertReason[] = joinedWhy === null ? [] : [{ kind: 'incident', text: joinedWhy }];
  return {
    ...rest,
    standsFor,
    explains,
    labels: { ...labels },
    reasons: [
      ...(reasons?.some(({ kind }) => DECIDES.has(kind)) ? [] : [usual(alert)]),
      ...(reasons ?? []),
      ...(alert.quiet === 'held' && alert.state === 'closed' ? [VANISHED] : []),
      ...joined,
    ],
    quietUntil: alert.quietUntil?.toISOString() ?? null,
    lookDueAt: alert.lookDueAt?.toISOString() ?? null,
    evidence: evidence === null ? null : { ...evidence },
    beganAt: alert.beganAt.toISOString(),
    firstSeenAt: alert.firstSeenAt.toISOString(),
    lastSeenAt: alert.lastSeenAt.toISOString(),
    acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
    closedAt: alert.closedAt?.toISOString() ?? null,
    snoozedUntil: alert.snoozedUntil?.toISOString() ?? null,
    promptDueAt: alert.promptDueAt?.toISOString() ?? null,
    suspectDueAt: alert.suspectDueAt?.toISOString() ?? null,
    promptedAt: alert.promptedAt?.toISOString() ?? null,
  };
}

/** Where no rule decided, its service does, or its sender alone. */
function usual({ serviceId, severity }: Alert): AlertReason {
  const who =
    serviceId === null
      ? 'No route took it and it has no service: the default escalation policy'
      : 'No route took it: the escalation policy of its service';
  const what = pagesAtOnce(severity) ? 'decides who is asked' : 'owns it';
  const only = severity === 'info' ? ' It is only to know (info): it asks nobody.' : '';
  return { kind: 'service', text: `${who} ${what}.${only}` };
}
