import type { Alert } from '../alert/alert.ts';
import { listIn, priorityOf } from './alert-body.ts';
import type { RequestRow } from './store.ts';

/** An alert as Opsgenie shows it. */
export function presentAlert(alert: Alert, tinyId: number) {
  const responders = alert.evidence?.['responders'];
  return {
    id: alert.id,
    tinyId: String(tinyId),
    alias: alert.dedupKey,
    message: alert.title,
    status: alert.state === 'closed' ? 'closed' : 'open',
    acknowledged: alert.state === 'acknowledged',
    isSeen: alert.acknowledgedAt !== null,
    tags: listIn(alert.labels['tags']),
    snoozed: alert.snoozedUntil !== null,
    count: alert.count,
    lastOccurredAt: alert.lastSeenAt.toISOString(),
    createdAt: alert.firstSeenAt.toISOString(),
    updatedAt: (alert.closedAt ?? alert.lastSeenAt).toISOString(),
    source: alert.labels['source'] ?? alert.alertSourceName,
    entity: alert.labels['entity'] ?? '',
    owner: '',
    priority: priorityOf(alert),
    responders: Array.isArray(responders) ? (responders as readonly unknown[]) : [],
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
