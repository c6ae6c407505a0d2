import type { Alert } from '../alert/alert.ts';
import { PRIORITY_OF } from './alert-body.ts';
import type { RequestRow } from './store.ts';

/** An alert as Opsgenie shows it. */
export function presentAlert(alert: Alert) {
  return {
    id: alert.id,
    tinyId: alert.id,
    alias: alert.dedupKey,
    message: alert.title,
    status: alert.state === 'closed' ? 'closed' : 'open',
    acknowledged: alert.state === 'acknowledged',
    isSeen: alert.acknowledgedAt !== null,
    tags: (alert.labels['tags'] ?? '').split(', ').filter((tag) => tag !== ''),
    snoozed: alert.snoozedUntil !== null,
    count: alert.count,
    lastOccurredAt: alert.lastSeenAt.toISOString(),
    createdAt: alert.firstSeenAt.toISOString(),
    updatedAt: (alert.closedAt ?? alert.lastSeenAt).toISOString(),
    source: alert.evidence?.['source'] ?? alert.alertSourceName,
    owner: '',
    priority: PRIORITY_OF[alert.severity],
    responders: [],
    details: alert.labels,
    description: alert.evidence?.['description'] ?? alert.evidence?.['summary'] ?? '',
  };
}

/** What became of a request. */
export function presentRequest({ success, action, status, alertId, alias, alertSourceId, processedAt }: RequestRow) {
  return {
    success,
    isSuccess: success,
    action,
    status,
    processedAt: processedAt.toISOString(),
    integrationId: alertSourceId,
    alertId: alertId ?? '',
    alias: alias ?? '',
  };
}
