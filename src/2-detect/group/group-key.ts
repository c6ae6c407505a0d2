import type { Alert } from '../alert/alert.ts';

/** What makes two alerts of a rule one: the rule, and the values of what it groups by. */
export function groupKey(alert: Pick<Alert, 'routeId' | 'serviceId' | 'labels'>, by: readonly string[]): string {
  const values = by.map((name) => {
    if (name === 'service') return alert.serviceId ?? '';
    const label = name.slice('label:'.length);
    return Object.hasOwn(alert.labels, label) ? (alert.labels[label] ?? '') : '';
  });
  return JSON.stringify(['route', alert.routeId, ...values]);
}
