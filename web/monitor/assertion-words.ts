import { isAsked, type Monitor } from '#monitor/contract';
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
    case 'json':
      return jsonWords(assertion);
    case 'size':
      return `body ${assertion.test === 'less' ? 'under' : 'over'} ${assertion.bytes} bytes`;
    case 'response-time':
      return `under ${formatMs(assertion.belowMs)}`;
    case 'certificate':
      return `certificate ${assertion.daysAtLeast} days`;
    default:
      return assertion satisfies never;
  }
}

const jsonTests: Readonly<Record<JsonAssertion['test'], string>> = {
  exists: 'exists',
  'not-exists': 'does not exist',
  equals: 'is',
  'not-equals': 'is not',
  contains: 'contains',
  matches: 'matches the pattern',
  less: 'is less than',
  greater: 'is greater than',
  'count-less': 'are fewer than',
  'count-greater': 'are more than',
};
export type JsonAssertion = Extract<Assertion, { kind: 'json' }>;

/** The tests of a value, each with its words. */
export const jsonTestWords = Object.entries(jsonTests) as [JsonAssertion['test'], string][];

/** Whether a test looks at the value itself, not only whether it is there. */
export function takesValue(test: JsonAssertion['test']): boolean {
  return test !== 'exists' && test !== 'not-exists';
}

function jsonWords({ path, test, value }: JsonAssertion): string {
  const words = `${path} ${jsonTests[test]}`;
  if (!takesValue(test)) return words;
  return test.endsWith('less') || test.endsWith('greater') ? `${words} ${value}` : `${words} “${value}”`;
}

/** The options that were given; secrets, what stands for nothing and what is usual left out. */
function optionWords({ kind, options }: Pick<Monitor, 'kind' | 'options'>): string[] {
  if (options === null || kind === 'http' || !isAsked(kind)) return [];
  return kindWords[kind].fields.flatMap(({ name, label, input, initial, early }) => {
    const value = options[name];
    if (input === 'secret' || input === 'code' || input === 'pairs') return [];
    if (value === null || value === undefined || value === false || value === '') return [];
    if (Array.isArray(input) && !early && value === initial) return [];
    if (value === true || String(value).startsWith('-----BEGIN')) return [label.toLowerCase()];
    return Array.isArray(value) && value.length === 0 ? [] : [`${label.toLowerCase()} “${String(value)}”`];
  });
}

/** `GET https://… · 200–399 · body contains “ok”` */
export function questionWords(
  monitor: Pick<Monitor, 'kind' | 'url' | 'method' | 'assertions' | 'degradedAboveMs' | 'options'>,
): string {
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
