import { randomBytes } from 'node:crypto';
import type { SignalSeverity } from '../alert/contract.ts';
import { type Claim, instantOf, lineOf, linkOf, scalarLabels, withSource } from '../signal/claim.ts';
import { decodeText, isRecord, type Json, linksOf } from './field.ts';

/** What a sender of the Events API wants done. */
export type PagerDutyEvent =
  | { readonly act: 'trigger'; readonly dedupKey: string; readonly claim: Claim }
  | { readonly act: 'acknowledge'; readonly dedupKey: string }
  | { readonly act: 'resolve'; readonly dedupKey: string; readonly claim: Claim };

export type ReadEvent =
  | { readonly ok: true; readonly event: PagerDutyEvent }
  | { readonly ok: false; readonly errors: readonly string[] };

const ACTS = ['trigger', 'acknowledge', 'resolve'] as const;
const SEVERITIES: readonly SignalSeverity[] = ['critical', 'warning', 'error', 'info'];
const MAX_SUMMARY = 1_024;

/**
 * Reads the body of `POST /v2/enqueue`, whose key has been looked at. What is only decoration and not as expected is left
 * out, since an alert is worth more than its picture.
 * https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 */
export function readEvent(body: Json, text: string): ReadEvent {
  const act = ACTS.find((one) => one === body['event_action']);
  const dedupKey = decodeText(body['dedup_key']);
  const payload = isRecord(body['payload']) ? body['payload'] : null;
  const errors = [
    ...(act === undefined ? [wrongAct(body['event_action'])] : []),
    ...(act === 'trigger' ? wrongPayload(payload, 'payload' in body) : []),
    ...((act === 'acknowledge' || act === 'resolve') && dedupKey === null ? [missing('dedup_key')] : []),
  ];
  if (act === undefined || errors.length > 0) return { ok: false, errors };
  const key = dedupKey ?? randomBytes(16).toString('hex');
  if (act === 'acknowledge') return { ok: true, event: { act, dedupKey: key } };
  return { ok: true, event: { act, dedupKey: key, claim: claimOf(body, payload ?? {}, key, act, text) } };
}

function wrongAct(value: unknown): string {
  return value === undefined || value === '' || value === null
    ? missing('event_action')
    : `'event_action' is invalid (must be one of: 'trigger', 'acknowledge' or 'resolve')`;
}

function wrongPayload(payload: Json | null, present: boolean): string[] {
  if (payload === null) return [present ? `'payload' is invalid (must be an object)` : missing('payload')];
  const severity = payload['severity'];
  return [
    ...(decodeText(payload['summary']) === null ? [missing('payload.summary')] : []),
    ...(decodeText(payload['source']) === null ? [missing('payload.source')] : []),
    ...(decodeText(severity) === null ? [missing('payload.severity')] : []),
    ...(decodeText(severity) !== null && severityIn(severity) === undefined
      ? [`'payload.severity' is invalid (must be one of: 'critical', 'warning', 'error' or 'info')`]
      : []),
  ];
}

function missing(field: string): string {
  return `'${field}' is missing or blank`;
}

function severityIn(value: unknown): SignalSeverity | undefined {
  const word = decodeText(value)?.toLowerCase();
  return SEVERITIES.find((severity) => severity === word);
}

function claimOf(body: Json, payload: Json, dedupKey: string, act: 'trigger' | 'resolve', text: string): Claim {
  const { links, images } = linksOf(body);
  const clientUrl = linkOf(decodeText(body['client_url']));
  const told = {
    details: payload['custom_details'],
    client: decodeText(body['client']),
    clientUrl,
    links,
    images,
  };
  const evidence = Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== undefined && value !== null && !isEmpty(value)),
  );
  const labels = ['component', 'group', 'class'].flatMap((name) => {
    const value = decodeText(payload[name]);
    return value === null ? [] : [[name, value]];
  });
  return {
    dedupKey,
    status: act === 'trigger' ? 'firing' : 'resolved',
    severity: severityIn(payload['severity']) ?? 'error',
    title: lineOf((decodeText(payload['summary']) ?? dedupKey).slice(0, MAX_SUMMARY)),
    source: decodeText(payload['source']),
    labels: withSource(
      { ...scalarLabels(payload['custom_details']), ...(Object.fromEntries(labels) as Record<string, string>) },
      decodeText(payload['source']),
    ),
    url: clientUrl ?? links[0]?.href ?? null,
    evidence: Object.keys(evidence).length === 0 ? null : evidence,
    beganAt: instantOf(decodeText(payload['timestamp'])),
    drill: false,
    payload: text,
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
