import { createHash } from 'node:crypto';
import type { FieldError } from '#kernel/errors.ts';
import type { SignalSeverity } from '../alert/contract.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { keptPayload, storableJson } from './intake-body.ts';
import type { NewSignal } from './signal.ts';

/** What a format says of one thing that is wrong, or no longer; a source and a time make a signal of it. */
export type Claim = {
  readonly dedupKey: string;
  readonly status: 'firing' | 'resolved';
  readonly severity: SignalSeverity;
  readonly title: string;
  readonly source: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly url: string | null;
  readonly evidence: Readonly<Record<string, unknown>> | null;
  /** Since when, as the sender says; null = since it was received. */
  readonly beganAt: Date | null;
  /** A rehearsal, such as the Test button of the sender. */
  readonly drill: boolean;
  readonly payload: string;
};

/** What a format makes of a payload. `note` is said to people who look at what became of it. */
export type ReadClaims =
  | { readonly ok: true; readonly claims: readonly Claim[]; readonly note: string | null }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const MAX_TITLE = 1_024;
const MAX_KEY = 512;
const MAX_LABELS = 100;
const MAX_LABEL_NAME = 200;
const MAX_LABEL_VALUE = 1_000;
const MAX_URL = 2_000;

/** A claim of a source, ready to be written; nothing in it is refused any more, only cut to what can be stored. */
export function signalOf(source: AlertSourceRow, claim: Claim, at: Date): NewSignal {
  return {
    workspaceId: source.workspaceId,
    scope: source.id,
    dedupKey: boundedKey(claim.dedupKey),
    status: claim.status,
    severity: claim.severity,
    title: lineOf(claim.title),
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: source.name,
    monitorId: null,
    serviceId: source.serviceId,
    drill: claim.drill,
    source: claim.source === null ? null : lineOf(claim.source).slice(0, MAX_LABEL_NAME),
    labels: labelsOf(claim.labels),
    url: claim.url,
    evidence: claim.evidence === null ? null : storableJson(claim.evidence),
    payload: keptPayload(claim.payload),
    beganAt: beganAt(claim.beganAt, at),
    receivedAt: at,
  };
}

/** Text on one line, as long as a title may be. */
export function lineOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_TITLE).toWellFormed();
}

/** The labels of a claim with its `source`, so that rules and mutes can ask for it; a label that was sent so stands. */
export function withSource(labels: Readonly<Record<string, string>>, source: string | null): Record<string, string> {
  const from = source === null ? '' : lineOf(source).slice(0, MAX_LABEL_NAME);
  return from === '' || Object.hasOwn(labels, 'source') ? { ...labels } : { source: from, ...labels };
}

const MAX_SCALARS = 50;
const MAX_SCALAR = 200;

/** What is short and simple in an object of a sender, as labels: neither lists nor prose. */
export function scalarLabels(details: unknown): Record<string, string> {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return {};
  const scalars = Object.entries(details).flatMap(([name, value]) => {
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    const fits = typeof text === 'string' && text.trim() !== '' && text.length <= MAX_SCALAR && !/[\r\n]/.test(text);
    return fits && name.length <= MAX_LABEL_NAME ? [[name, text] as const] : [];
  });
  return Object.fromEntries(scalars.slice(0, MAX_SCALARS));
}

/** An address that a browser may open, or null. */
export function linkOf(text: string | null | undefined): string | null {
  if (!text || text.length > MAX_URL || !/^https?:\/\//i.test(text)) return null;
  return URL.canParse(text) ? text.toWellFormed() : null;
}

/** The time that a text names, or null: nothing before 1971 is a time when something began. */
export function instantOf(text: string | null | undefined): Date | null {
  const at = new Date(text ?? Number.NaN);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1971 ? null : at;
}

/** A key as it can be stored: one that is too long is told apart by its digest. */
export function boundedKey(key: string): string {
  const text = key.toWellFormed();
  if (text.length <= MAX_KEY) return text;
  const digest = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, MAX_KEY - digest.length - 1).toWellFormed()}~${digest}`;
}

/** Labels of a sender as JSON text that can be stored: cut where they are too many or too long. */
export function labelsOf(labels: Readonly<Record<string, string>>): string {
  const all = Object.entries(labels);
  const fits =
    all.length <= MAX_LABELS && all.every(([n, v]) => n.length <= MAX_LABEL_NAME && v.length <= MAX_LABEL_VALUE);
  if (fits) return storableJson(labels);
  const cut = all.slice(0, MAX_LABELS).map(([n, v]) => [n.slice(0, MAX_LABEL_NAME), v.slice(0, MAX_LABEL_VALUE)]);
  return storableJson(Object.fromEntries(cut));
}

/** A sender whose clock is ahead does not make anything begin later than we heard of it. */
function beganAt(said: Date | null, at: Date): Date {
  return said === null || said > at ? at : said;
}
