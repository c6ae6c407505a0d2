import type { Alert } from './alert.ts';
import type { AlertView } from './contract.ts';

/** An alert as the API shows it. */
export function presentAlert(alert: Alert): AlertView {
  const { labels, evidence, ...rest } = alert;
  return {
    ...rest,
    labels: { ...labels },
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
