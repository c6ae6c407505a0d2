import type { AlertSourceKind } from '../alert-source/contract.ts';
import { readAlertmanager } from './alertmanager.ts';
import type { ReadClaims } from './claim.ts';
import { readGrafana } from './grafana.ts';

/** Formats in which one message is about a group of alerts; each is the last part of an address as well. */
export const GROUP_FORMATS = ['alertmanager', 'grafana'] as const;
export type GroupFormat = (typeof GROUP_FORMATS)[number];

/** The format of what is sent to the bare address of a source of this kind, or null for our own. */
export function formatOfKind(kind: AlertSourceKind): GroupFormat | null {
  return GROUP_FORMATS.find((format) => format === kind) ?? null;
}

/** How many alerts a message holds, known before any is read. */
export function membersIn(value: unknown): number {
  const alerts: unknown = typeof value === 'object' && value !== null && 'alerts' in value ? value.alerts : null;
  return Array.isArray(alerts) ? alerts.length : 0;
}

export function readFormat(format: GroupFormat, value: unknown): ReadClaims {
  switch (format) {
    case 'alertmanager':
      return readAlertmanager(value);
    case 'grafana':
      return readGrafana(value);
  }
}
