import type { editMonitorBody, Monitor } from '#monitor/contract';
import type { z } from 'zod';
import type { Assertion } from './assertion-words.ts';

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type EditBody = z.input<typeof editMonitorBody>;

/** An HTTP monitor as it is typed: numbers as text, headers as lines. */
export interface HttpDraft {
  name: string;
  serviceId: string;
  url: string;
  method: string;
  headers: string;
  body: string;
  assertions: Assertion[];
  intervalSeconds: string;
  timeoutSeconds: string;
  degradedAboveMs: string;
  failures: string;
  recoveries: string;
  maxRedirects: string;
  skipVerification: boolean;
  caPem: string | null;
  minVersion: 'TLSv1.2' | 'TLSv1.3';
}

export function httpDraftOf(monitor: Monitor): HttpDraft {
  return {
    name: monitor.name,
    serviceId: monitor.serviceId,
    url: monitor.url ?? '',
    method: monitor.method ?? 'GET',
    headers: Object.entries(monitor.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body: monitor.body ?? '',
    assertions: monitor.assertions,
    intervalSeconds: String(monitor.intervalSeconds),
    timeoutSeconds: String(monitor.timeoutSeconds),
    degradedAboveMs: monitor.degradedAboveMs === null ? '' : String(monitor.degradedAboveMs),
    failures: String(monitor.confirm.failures),
    recoveries: String(monitor.confirm.recoveries),
    maxRedirects: String(monitor.maxRedirects),
    skipVerification: monitor.tls?.skipVerification ?? false,
    caPem: monitor.tls?.caPem ?? null,
    minVersion: monitor.tls?.minVersion === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
  };
}

/** `Name: value` lines as a record; nothing when a line is not one. */
export function headersFromLines(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon < 1 || name === '') return undefined;
    headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}

export function editBodyOf(draft: HttpDraft): EditBody {
  const method = methods.find((one) => one === draft.method) ?? 'GET';
  return {
    name: draft.name,
    serviceId: draft.serviceId,
    url: draft.url.trim(),
    method,
    headers: headersFromLines(draft.headers) ?? {},
    body: draft.body === '' || method === 'GET' || method === 'HEAD' ? null : draft.body,
    assertions: draft.assertions,
    intervalSeconds: Number(draft.intervalSeconds),
    timeoutSeconds: Number(draft.timeoutSeconds),
    degradedAboveMs: draft.degradedAboveMs.trim() === '' ? null : Number(draft.degradedAboveMs),
    confirm: { failures: Number(draft.failures), recoveries: Number(draft.recoveries) },
    maxRedirects: Number(draft.maxRedirects),
    tls: { skipVerification: draft.skipVerification, minVersion: draft.minVersion, caPem: draft.caPem },
  };
}
