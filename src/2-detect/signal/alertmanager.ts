import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Claim, instantOf, lineOf, linkOf, type ReadClaims } from './claim.ts';
import { fieldErrorsOf } from './intake-body.ts';
import { severityOf } from './severity-words.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const pairs = z.record(z.string(), scalar);
/** Decoration: what is not as expected is left out, since an alert is worth more than its link. */
const decoration = z.string().nullish().catch(null);

const member = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: pairs,
  annotations: pairs.nullish().transform((annotations) => annotations ?? {}),
  startsAt: decoration,
  generatorURL: decoration,
  fingerprint: decoration,
});
/** One alert of a group. */
export type GroupMember = z.output<typeof member>;

/** A claim before it has its payload, of which the whole message says a part. */
export type ReadMember = Omit<Claim, 'payload'>;

const group = z.looseObject({
  receiver: scalar.nullish().transform((receiver) => receiver ?? ''),
  status: z.enum(['firing', 'resolved']),
  groupKey: scalar.nullish().transform((key) => key ?? ''),
  groupLabels: pairs.nullish().catch(null),
  externalURL: decoration,
  truncatedAlerts: z.int().min(0).nullish().catch(null),
  alerts: z.array(member).min(1, 'must hold at least one alert'),
});
/** A message about a group of alerts, in the format that Alertmanager made common (webhook, version 4). */
export type AlertGroup = z.output<typeof group>;

/**
 * Reads a webhook of Prometheus Alertmanager. Every alert of the group is a claim of its own, named by the receiver and
 * the alert's fingerprint, so that one that joins a group later is heard as well, and each ends for itself.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export function readAlertmanager(value: unknown): ReadClaims {
  const read = readGroup(value);
  if (!read.ok) return read;
  return claimsOf(read.group, 'Alertmanager', claimOf);
}

/** The message, or what is wrong with it. */
export function readGroup(
  value: unknown,
): { readonly ok: true; readonly group: AlertGroup } | Extract<ReadClaims, { ok: false }> {
  const parsed = group.safeParse(value);
  return parsed.success ? { ok: true, group: parsed.data } : { ok: false, errors: fieldErrorsOf(parsed.error) };
}

/** The claims of a group, and one more for the alerts that the sender cut off. */
export function claimsOf(
  from: AlertGroup,
  sender: string,
  read: (from: AlertGroup, one: GroupMember) => ReadMember,
): ReadClaims {
  const cut = from.truncatedAlerts ?? 0;
  const { alerts, ...whole } = from;
  const about = fitting(whole, Math.min(MOST_ABOUT, Math.floor(MOST_ABOUT_ALL / alerts.length)));
  const claims: Claim[] = alerts.map((one) => ({
    ...read(from, one),
    payload: JSON.stringify({ alert: one, group: about }),
  }));
  const note = cut === 0 ? null : `${sender} cut off ${cut === 1 ? '1 alert' : `${cut} alerts`} of this group.`;
  if (note !== null || from.status === 'resolved') claims.push(cutOff(from, claims, note ?? ''));
  return { ok: true, claims, note };
}

/** How many characters of what a message says of its whole group are kept with an alert of it, and with all of them. */
const MOST_ABOUT = 16_000;
const MOST_ABOUT_ALL = 1_000_000;

/** The fields that fit, the small ones first; those that do not are named in `leftOut`. */
function fitting(about: Readonly<Record<string, unknown>>, room: number): Record<string, unknown> {
  const sized = Object.entries(about).map((entry) => ({ entry, size: JSON.stringify(entry).length }));
  let left = room;
  const kept = new Set(
    sized.toSorted((a, b) => a.size - b.size).flatMap(({ entry: [name], size }) => ((left -= size) >= 0 ? [name] : [])),
  );
  const leftOut = Object.keys(about).filter((name) => !kept.has(name));
  const fits = Object.fromEntries(Object.entries(about).filter(([name]) => kept.has(name)));
  return leftOut.length === 0 ? fits : { ...fits, leftOut: leftOut.slice(0, 20).map((name) => name.slice(0, 50)) };
}

export function claimOf(from: AlertGroup, one: GroupMember): ReadMember {
  const { labels, annotations } = one;
  const { receiver, groupLabels, externalURL } = from;
  const description = lineOf(annotations['description'] ?? annotations['message'] ?? '');
  return {
    dedupKey: `${receiver}/${one.fingerprint || fingerprintOf(labels)}`,
    status: one.status,
    severity: severityOf(labels['severity'] ?? labels['priority']),
    title: titleOf(one),
    source: labels['instance'] ?? labels['job'] ?? null,
    labels,
    url: linkOf(one.generatorURL) ?? linkOf(externalURL),
    evidence: {
      ...(description === '' ? {} : { summary: description.slice(0, 300) }),
      annotations,
      receiver,
      group: groupLabels ?? {},
    },
    beganAt: instantOf(one.startsAt),
    drill: false,
  };
}

function titleOf({ labels, annotations }: GroupMember): string {
  const said = lineOf(annotations['summary'] ?? annotations['title'] ?? '');
  if (said !== '') return said.slice(0, 500);
  const name = lineOf(labels['alertname'] ?? '') || 'An alert without a name';
  const where = lineOf(labels['instance'] ?? '');
  return (where === '' ? name : `${name} on ${where}`).slice(0, 500);
}

/** Senders name alerts by their labels; so do we where they do not say it. */
function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

/** Nobody may take the alerts of a group for all there are: those that were cut off are an alert too, until the group ends. */
function cutOff(from: AlertGroup, claims: readonly Claim[], note: string): Claim {
  const firing = claims.filter(({ status }) => status === 'firing');
  const grave = firing.find(({ severity }) => severity === 'critical') ?? firing[0] ?? claims[0];
  return {
    dedupKey: `${from.receiver}/${from.groupKey}/cut-off`,
    status: from.status,
    severity: grave?.severity ?? 'error',
    title: `${note} They are not shown here.`.trim(),
    source: null,
    labels: from.groupLabels ?? {},
    url: linkOf(from.externalURL),
    evidence: { summary: 'Look there, and raise max_alerts of its receiver.', group: from.groupLabels ?? {} },
    beganAt: null,
    drill: false,
    payload: JSON.stringify({
      receiver: from.receiver,
      groupKey: from.groupKey,
      truncatedAlerts: from.truncatedAlerts,
    }),
  };
}
