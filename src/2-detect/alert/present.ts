import { type Alert, pagesAtOnce } from './alert.ts';
import type { AlertReason, AlertView } from './contract.ts';

const DECIDES: ReadonlySet<AlertReason['kind']> = new Set(['route', 'catch-all', 'service']);

/** An alert as the API shows it. */
export function presentAlert(alert: Alert): AlertView {
  const { labels, evidence, reasons, ...rest } = alert;
  return {
    ...rest,
    labels: { ...labels },
    reasons: [...(reasons?.some(({ kind }) => DECIDES.has(kind)) ? [] : [usual(alert)]), ...(reasons ?? [])],
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
