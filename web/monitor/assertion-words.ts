import type { Monitor } from '#monitor/contract';
import { formatMs } from '../ui/format.ts';

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

/** `GET https://… · 200–399 · body contains “ok”` */
export function questionWords(monitor: Monitor): string {
  const status = monitor.assertions.some(({ kind }) => kind === 'status') ? [] : ['200–399'];
  const slow = monitor.degradedAboveMs === null ? [] : [`degraded above ${formatMs(monitor.degradedAboveMs)}`];
  return [
    `${monitor.method ?? 'GET'} ${monitor.url ?? ''}`,
    ...status,
    ...monitor.assertions.map(assertionWords),
    ...slow,
  ].join(' · ');
}
