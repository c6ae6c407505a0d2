import type { Alert } from '../alert/alert.ts';

/** What makes critical alerts that nobody has decided about one question and not several. */
export type Likeness =
  | { readonly by: 'service'; readonly serviceId: string }
  | { readonly by: 'source'; readonly sourceId: string; readonly labels: Readonly<Record<string, string>> };

/**
 * By the service, where an alert has one; else by its source and by what the labels say that tell its alerts apart (a
 * label that is not there counts as empty). Null when nothing says what else it could belong to: one source may well
 * send about everything there is, so that by itself tells nothing.
 */
export function likenessOf(
  alert: Pick<Alert, 'serviceId' | 'alertSourceId' | 'labels'>,
  labelNames: readonly string[],
): Likeness | null {
  if (alert.serviceId !== null) return { by: 'service', serviceId: alert.serviceId };
  if (alert.alertSourceId === null) return null;
  const labels = labelNames.map((name) => [name, Object.hasOwn(alert.labels, name) ? (alert.labels[name] ?? '') : '']);
  if (labels.every(([, value]) => value === '')) return null;
  return { by: 'source', sourceId: alert.alertSourceId, labels: Object.fromEntries(labels) };
}

/** The same for everything that is alike, and for nothing else. */
export function likenessKey(likeness: Likeness): string {
  if (likeness.by === 'service') return JSON.stringify(['service', likeness.serviceId]);
  return JSON.stringify(['source', likeness.sourceId, ...Object.entries(likeness.labels).flat()]);
}

/** `of the same service “Shop” as “db-1 is down”`; for a sentence that begins with “because it is”. */
export function likenessWords(likeness: Likeness, name: string, other: string): string {
  if (likeness.by === 'service') return `of the same service “${name}” as “${other}”`;
  const said = Object.entries(likeness.labels).flatMap(([label, value]) => (value === '' ? [] : `${label}=${value}`));
  const same = said.length === 0 ? '' : ` and says the same of ${said.join(', ')}`;
  return `from the same source “${name}” as “${other}”${same}`;
}
