import { isSame, selectJson } from './json-path.ts';
import type { JsonTest } from './json-tests.ts';
import { searchPattern } from './pattern.ts';
import { quote } from './quote.ts';
import type { Assertion } from './spec.ts';

/** What does not hold, null when it does; a text is a fault of ours. */
export type Finding = { readonly expected: string; readonly got: string } | string | null;

type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

export function readJson(text: string): JsonBody {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

type JsonAssertion = Assertion & { kind: 'json' };

/** All values that the path leads to must hold, and there must be one. `describe` shows a body that is not JSON. */
export function examineJson(assertion: JsonAssertion, body: JsonBody, describe: () => string): Finding {
  const { path, test, value } = assertion;
  const expected = `${path} ${WORDS[test](value)}`;
  if (!body.ok) return { expected, got: `a body that is not JSON: ${describe()}` };
  const found = selectJson(path, body.value);
  if (!found.ok) return found.fault;
  const { values } = found;
  if (test === 'not-exists') return values.length === 0 ? null : { expected, got: shown(values) };
  if (test === 'count-less' || test === 'count-greater') return examineCount(test, Number(value), values, expected);
  if (values.length === 0) return { expected, got: 'no such value' };
  for (const one of values) {
    const held = holds(test, value, one);
    if (typeof held === 'string') return held;
    if (!held) return { expected, got: values.length === 1 ? show(one) : `${show(one)} among ${values.length} values` };
  }
  return null;
}

/** What the value of a path is as text: a text as it is, everything else as JSON. */
export function textOfJson(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const WORDS: Readonly<Record<JsonTest, (value: string) => string>> = {
  exists: () => 'to exist',
  'not-exists': () => 'not to exist',
  equals: (value) => `to be ${value === '' ? '""' : value}`,
  'not-equals': (value) => `not to be ${value === '' ? '""' : value}`,
  contains: (value) => `to contain "${value}"`,
  matches: (value) => `to match "${value}"`,
  less: (value) => `to be less than ${value}`,
  greater: (value) => `to be greater than ${value}`,
  'count-less': (value) => `to be fewer than ${value}`,
  'count-greater': (value) => `to be more than ${value}`,
};

/** The elements of the one list that a path leads to, or else the values themselves. */
function examineCount(
  test: 'count-less' | 'count-greater',
  limit: number,
  values: readonly unknown[],
  expected: string,
): Finding {
  const [only] = values;
  const count = values.length === 1 && Array.isArray(only) ? only.length : values.length;
  return (test === 'count-less' ? count < limit : count > limit) ? null : { expected, got: String(count) };
}

type ValueTest = Exclude<JsonTest, 'not-exists' | 'count-less' | 'count-greater'>;

function holds(test: ValueTest, wanted: string, value: unknown): boolean | string {
  switch (test) {
    case 'exists':
      return true;
    case 'equals':
      return isEqual(wanted, value);
    case 'not-equals':
      return !isEqual(wanted, value);
    case 'contains':
      return Array.isArray(value) ? value.some((one) => isEqual(wanted, one)) : textOfJson(value).includes(wanted);
    case 'matches': {
      const searched = searchPattern(wanted, textOfJson(value));
      return searched.ok ? searched.found : searched.fault;
    }
    case 'less':
      return numberOf(value) < Number(wanted);
    case 'greater':
      return numberOf(value) > Number(wanted);
    default:
      return test satisfies never;
  }
}

/** A text by its characters, everything else by what it is: `200`, `true`, `null`, `[1, 2]`. */
function isEqual(wanted: string, value: unknown): boolean {
  if (typeof value === 'string') return value === wanted;
  const read = readJson(wanted);
  return read.ok && isSame(read.value, value);
}

/** A number in quotes counts as one; what is none is neither less nor greater. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function shown(values: readonly unknown[]): string {
  return values.length === 1 ? show(values[0]) : `${values.length} values`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? quote(value) : quote(textOfJson(value)).slice(1, -1);
}
