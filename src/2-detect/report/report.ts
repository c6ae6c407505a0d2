import type { SignalSeverity } from '../alert/contract.ts';
import { storableJson } from '../signal/intake-body.ts';
import type { NewSignal } from '../signal/signal.ts';

const MAX_TITLE = 200;

/** One line to call a report by: what it is about, and how its words begin. */
export function titleOf(about: string | null, words: string): string {
  const [line = ''] = storable(words)
    .trim()
    .split(/[\r\n]/, 1);
  const first = line.trimEnd();
  const title = about === null ? first : `${about}: ${first}`;
  return title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE - 1).toWellFormed()}…`;
}

/** Text as PostgreSQL takes it. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

type Report = {
  readonly workspaceId: string;
  readonly at: Date;
  readonly scope: string;
  readonly dedupKey: string;
  readonly severity: SignalSeverity;
  readonly title: string;
  readonly origin: 'intake' | 'person';
  readonly alertSource: { readonly id: string; readonly name: string } | null;
  readonly reporter: string;
  readonly serviceId: string | null;
  /** What the reporter wrote, as people read it. */
  readonly words: string;
};

/** A report of a person as a signal; the words stand in it as they were written. */
export function signalOfReport(report: Report): NewSignal {
  const words = storable(report.words);
  return {
    workspaceId: report.workspaceId,
    scope: report.scope,
    dedupKey: storable(report.dedupKey),
    status: 'firing',
    severity: report.severity,
    title: storable(report.title),
    origin: report.origin,
    alertSourceId: report.alertSource?.id ?? null,
    alertSourceName: report.alertSource?.name ?? null,
    monitorId: null,
    serviceId: report.serviceId,
    drill: false,
    source: storable(report.reporter),
    labels: '{}',
    url: null,
    evidence: storableJson({ source: storable(report.reporter), details: words }),
    payload: words,
    beganAt: report.at,
    receivedAt: report.at,
  };
}
