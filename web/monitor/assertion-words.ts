import type { Monitor } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';
import { kindWords } from './kind-words.ts';

export type Assertion = Monitor['assertions'][number];

/** What one assertion asks, in a few words: `body contains “ok”`. */
function assertionWords(assertion: Assertion): string {
  switch (assertion.kind) {
    case 'status':
      return assertion.in.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(' or ');
    case 'header':
      return `${assertion.name} ${assertion.test} “${assertion.value}”`;
    case 'body':
      return `body ${assertion.test.replace('-', ' ')} “${assertion.value}”`;
    case 'response-time':
      return `under ${formatMs(assertion.belowMs)}`;
    case 'certificate':
      return `certificate ${assertion.daysAtLeast} days`;
    default:
      return assertion satisfies never;
  }
}

/** The options that were given, secrets and what stands for nothing left out. */
function optionWords({ kind, options }: Monitor): string[] {
  if (options === null || kind === 'http' || kind === 'heartbeat') return [];
  return kindWords[kind].fields.flatMap(({ name, label, input }) => {
    const value = options[name];
    if (input === 'secret' || value === null || value === undefined || value === false || value === '') return [];
    if (value === true) return [label.toLowerCase()];
    return Array.isArray(value) && value.length === 0 ? [] : [`${label.toLowerCase()} “${String(value)}”`];
  });
}

/** `GET https://… · 200–399 · body contains “ok”` */
export function questionWords(monitor: Monitor): string {
  const anyStatus = monitor.kind !== 'http' || monitor.assertions.some(({ kind }) => kind === 'status');
  const status = anyStatus ? [] : ['200–399'];
  const slow = monitor.degradedAboveMs === null ? [] : [`degraded above ${formatMs(monitor.degradedAboveMs)}`];
  return [
    monitor.method === null ? (monitor.url ?? '') : `${monitor.method} ${monitor.url ?? ''}`,
    ...optionWords(monitor),
    ...status,
    ...monitor.assertions.map(assertionWords),
    ...slow,
  ].join(' · ');
}
