import type { AlertView } from '#detect/contract';
import { plural } from '../ui/format.ts';
import type { Evidence } from '#monitor/contract';

const origins: Record<AlertView['source'], string> = {
  monitor: 'monitor',
  heartbeat: 'heartbeat',
  intake: 'alert source',
  person: 'a person',
  slo: 'SLO',
};

/** Where an alert came from: `monitor`, `Backup script`, `reported by Olive`. */
export function originWords(alert: AlertView): string {
  const reporter = alert.evidence?.['source'];
  if (alert.source === 'person' && typeof reporter === 'string') return `reported by ${reporter}`;
  return alert.alertSourceName ?? origins[alert.source];
}

/** Why an alert asks nobody, in one word. */
export const quietWords: Record<NonNullable<AlertView['quiet']>, string> = {
  suppressed: 'Suppressed',
  held: 'Held',
  muted: 'Muted',
  grouped: 'Grouped',
  shadow: 'In shadow',
  maintenance: 'Maintenance',
  upstream: 'Explained',
};

/** What became of it, once it is closed. */
export function closeWords(alert: AlertView): string | undefined {
  if (alert.state !== 'closed') return undefined;
  const words: Record<NonNullable<AlertView['closeReason']>, string> = {
    recovered: 'recovered by itself',
    resolved: 'resolved by its source',
    'by-hand': 'closed by hand',
    dismissed: 'not an incident',
    'false-alarm': 'false alarm',
    quiet: 'its sender went quiet',
  };
  return alert.closeReason === null ? 'closed' : words[alert.closeReason];
}

function isEvidence(value: Record<string, unknown>): value is Record<string, unknown> & Evidence {
  return (
    typeof value['checkedAt'] === 'string' &&
    typeof value['summary'] === 'string' &&
    typeof value['phases'] === 'object' &&
    Array.isArray(value['failures']) &&
    Array.isArray(value['headers'])
  );
}

/** The evidence of a failed check, when the alert carries that and not something from a sender. */
export function checkEvidence(alert: AlertView): Evidence | undefined {
  return alert.evidence !== null && isEvidence(alert.evidence) ? alert.evidence : undefined;
}

/** `42 others, 40 open`: those that ask through it. */
export function standsForWords({ count, open }: { count: number; open: number }): string {
  const others = plural(count, 'other');
  return open === count ? others : `${others}, ${open} open`;
}
