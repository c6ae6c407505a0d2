import { type AlertGroup, claimOf, claimsOf, type GroupMember, readGroup, type ReadMember } from './alertmanager.ts';
import { linkOf, type ReadClaims } from './claim.ts';

/** The name of the alert that the Test button of a contact point sends. */
const TEST = 'TestAlert';

/**
 * Reads a webhook of Grafana Alerting: the same groups as Alertmanager's, with values and links for each alert.
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export function readGrafana(value: unknown): ReadClaims {
  const read = readGroup(value);
  if (!read.ok) return read;
  return claimsOf(read.group, 'Grafana', grafanaClaim);
}

function grafanaClaim(group: AlertGroup, one: GroupMember): ReadMember {
  const claim = claimOf(group, one);
  const seen = {
    values: one['values'],
    valueString: one['valueString'],
    dashboardURL: linkIn(one['dashboardURL']),
    panelURL: linkIn(one['panelURL']),
    imageURL: linkIn(one['imageURL']),
    silenceURL: linkIn(one['silenceURL']),
  };
  const shown = Object.fromEntries(
    Object.entries(seen).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  const found = {
    ...claim,
    url: seen.panelURL ?? seen.dashboardURL ?? claim.url,
    source: claim.source ?? one.labels['grafana_folder'] ?? null,
    evidence: { ...claim.evidence, ...shown },
  };
  if (one.labels['alertname'] !== TEST) return found;
  // Somebody pressed Test: it must be seen to arrive, and it must wake nobody.
  return { ...found, title: `Test from Grafana: ${claim.title}`, severity: 'info', drill: true };
}

function linkIn(value: unknown): string | null {
  return typeof value === 'string' ? linkOf(value) : null;
}
