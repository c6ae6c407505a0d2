import { Unclear } from './script-allowance.ts';

/** One request of a script, as a step here. */
export interface ScriptStep {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly assertions: readonly Readonly<Record<string, unknown>>[];
  readonly take: readonly { readonly name: string; readonly from: 'json'; readonly source: string }[];
}

/** What a name of the script stands for. */
export type Value =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'plain'; readonly value: number | boolean | null }
  | { readonly is: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly is: 'list'; readonly items: readonly Value[] }
  | { readonly is: 'response' | 'status' | 'ok'; readonly step: Draft }
  | { readonly is: 'json'; readonly step: Draft; readonly path: string };

export interface Draft {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly assertions: Record<string, unknown>[];
  readonly take: { name: string; from: 'json'; source: string }[];
  /** Expectations that it has too many. */
  over: number;
}

export function withoutOver({ name, method, url, headers, body, assertions, take }: Draft): ScriptStep {
  return { name, method, url, headers, body, assertions, take };
}

export type Bind = { readonly name: string; readonly path: string };

export function assign(names: Map<string, Value>, binds: readonly Bind[], value: Value): void {
  for (const { name, path } of binds) {
    if (path === '') names.set(name, value);
    else if (value.is === 'json') names.set(name, { ...value, path: `${value.path}${path}` });
    else {
      const entry = value.is === 'object' ? value.entries.get(path.slice(1)) : undefined;
      if (entry === undefined) throw new Unclear(`what “${name}” stands for is not read`);
      names.set(name, entry);
    }
  }
}

/** `{{NAME}}` stays what it is. */
export function encoded(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\{\{\w+\}\}|[^{]+|\{/g, (part) => (part.startsWith('{{') ? part : encodeURIComponent(part)));
}

const JSON_TESTS = new Map([
  ['toBe', 'equals'],
  ['toEqual', 'equals'],
  ['toStrictEqual', 'equals'],
  ['toContain', 'contains'],
  ['toBeGreaterThan', 'greater'],
  ['toBeLessThan', 'less'],
  ['toBeDefined', 'exists'],
]);

export function assertionOf(value: Value, matcher: string, expected: Value | null): Record<string, unknown> | null {
  const plain = expected?.is === 'plain' ? expected.value : expected?.is === 'text' ? expected.text : undefined;
  const status = (from: number, to: number) => ({ kind: 'status', in: [{ from, to }] });
  if (value.is === 'response' && matcher === 'toBeOK') return status(200, 299);
  if (value.is === 'ok' && (matcher === 'toBeTruthy' || plain === true)) return status(200, 299);
  if (value.is === 'status' && JSON_TESTS.get(matcher) === 'equals' && typeof plain === 'number')
    return status(plain, plain);
  const test = JSON_TESTS.get(matcher);
  if (value.is !== 'json' || test === undefined || (test !== 'exists' && plain === undefined)) return null;
  const text = String(plain ?? '');
  // A value of an earlier answer is no plain word.
  if (text.includes('{{') || plain === null) return null;
  return { kind: 'json', path: value.path, test, value: test === 'exists' ? '' : text };
}
