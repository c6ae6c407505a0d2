import {
  type JsonPath,
  type Operand,
  type Operator,
  parseJsonPath,
  type Query,
  type Segment,
  type Selector,
  type Test,
} from './json-path-syntax.ts';

/** What a path leads to, in the order of the document; or why it could not be followed. */
export type Selected =
  | { readonly ok: true; readonly values: readonly unknown[] }
  | { readonly ok: false; readonly fault: string };

/** Values that one search may look at: a path must never hold up other checks. */
const MAX_LOOKS = 200_000;
const MAX_CACHED = 5_000;
const parsed = new Map<string, ReturnType<typeof parseJsonPath>>();

/** Follows a path through parsed JSON. Gives up after 200,000 values. */
export function selectJson(text: string, root: unknown): Selected {
  let known = parsed.get(text);
  if (known === undefined) {
    if (parsed.size >= MAX_CACHED) parsed.clear();
    parsed.set(text, (known = parseJsonPath(text)));
  }
  if (!known.ok) return { ok: false, fault: `the path “${text}” ${known.fault}` };
  try {
    return { ok: true, values: new Search(root).run(known.path) };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return { ok: false, fault: `the path “${text}” looks at more than ${MAX_LOOKS} values; make it narrower` };
  }
}

class TooMuch extends Error {}

/** No value: what a comparison has when its path leads nowhere. */
const NOTHING = Symbol('nothing');

class Search {
  readonly #root: unknown;
  #looks = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  run({ segments }: JsonPath): unknown[] {
    return this.#follow(segments, this.#root);
  }

  #follow(segments: readonly Segment[], from: unknown): unknown[] {
    let values = [from];
    for (const { descends, selectors } of segments) {
      const next: unknown[] = [];
      for (const value of values)
        for (const one of descends ? this.#below(value) : [value])
          for (const selector of selectors) this.#select(selector, one, next);
      values = next;
    }
    return values;
  }

  /** The value and everything in it, each before what it holds. */
  #below(value: unknown): unknown[] {
    const all: unknown[] = [];
    const waiting = [value];
    while (waiting.length > 0) {
      const one = waiting.pop();
      this.#look();
      all.push(one);
      const children = childrenOf(one);
      for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
    }
    return all;
  }

  #select(selector: Selector, of: unknown, into: unknown[]): void {
    this.#look();
    switch (selector.kind) {
      case 'name':
        if (isObject(of) && Object.hasOwn(of, selector.name)) into.push(of[selector.name]);
        return;
      case 'index': {
        if (!Array.isArray(of)) return;
        const at = selector.index < 0 ? of.length + selector.index : selector.index;
        if (at >= 0 && at < of.length) into.push(of[at]);
        return;
      }
      case 'slice':
        if (Array.isArray(of)) for (const at of sliceOf(selector, of.length)) this.#take(of[at], into);
        return;
      case 'all':
        for (const child of childrenOf(of)) this.#take(child, into);
        return;
      case 'filter':
        for (const child of childrenOf(of)) {
          this.#look();
          if (this.#holds(selector.test, child)) into.push(child);
        }
        return;
      default:
        return selector satisfies never;
    }
  }

  #take(value: unknown, into: unknown[]): void {
    this.#look();
    into.push(value);
  }

  #holds(test: Test, at: unknown): boolean {
    switch (test.kind) {
      case 'or':
        return test.tests.some((one) => this.#holds(one, at));
      case 'and':
        return test.tests.every((one) => this.#holds(one, at));
      case 'not':
        return !this.#holds(test.test, at);
      case 'exists':
        return this.#query(test.query, at).length > 0;
      case 'compare':
        return this.#compare(this.#value(test.left, at), test.operator, this.#value(test.right, at));
      default:
        return test satisfies never;
    }
  }

  #query({ from, segments }: Query, at: unknown): unknown[] {
    return this.#follow(segments, from === '@' ? at : this.#root);
  }

  #value(operand: Operand, at: unknown): unknown {
    if (operand.kind === 'literal') return operand.value;
    const found = this.#query(operand.query, at);
    if (operand.kind === 'count') return found.length;
    if (found.length === 0) return NOTHING;
    return operand.kind === 'length' ? this.#length(found[0]) : found[0];
  }

  #length(of: unknown): unknown {
    if (typeof of === 'string') {
      this.#look(of.length / 20);
      return countCharacters(of);
    }
    if (typeof of !== 'object' || of === null) return NOTHING;
    const { length } = childrenOf(of);
    this.#look(length);
    return length;
  }

  #compare(left: unknown, operator: Operator, right: unknown): boolean {
    const same = () => isSame(left, right, () => this.#look());
    if (operator === '==') return same();
    if (operator === '!=') return !same();
    if (operator.endsWith('=') && same()) return true;
    const [low, high] = operator.startsWith('<') ? [left, right] : [right, left];
    if (typeof low === 'number' && typeof high === 'number') return low < high;
    return typeof low === 'string' && typeof high === 'string' && low < high;
  }

  #look(values = 1): void {
    this.#looks += values;
    if (this.#looks > MAX_LOOKS) throw new TooMuch();
  }
}

/** Characters, not halves of them; without a copy of a text that may be long. */
function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const first = text.charCodeAt(at) & 0xfc00;
    if (first === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) count -= 1;
  }
  return count;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function sliceOf({ from, to, step }: Selector & { kind: 'slice' }, length: number): number[] {
  if (step === 0) return [];
  const placed = (index: number) => (index < 0 ? length + index : index);
  const within = (index: number, low: number, high: number) => Math.min(Math.max(index, low), high);
  const at: number[] = [];
  if (step > 0) {
    const end = within(placed(to ?? length), 0, length);
    for (let index = within(placed(from ?? 0), 0, length); index < end; index += step) at.push(index);
    return at;
  }
  const end = to === null ? -1 : within(placed(to), -1, length - 1);
  for (let index = within(placed(from ?? length - 1), -1, length - 1); index > end; index += step) at.push(index);
  return at;
}

/** Deeply equal, as JSON is. `look` is called for each value on the way. */
export function isSame(left: unknown, right: unknown, look: () => void = () => {}): boolean {
  const pairs: [unknown, unknown][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    look();
    const [a, b] = pair;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (let at = 0; at < a.length; at += 1) pairs.push([a[at], b[at]]);
    } else if (isObject(a) && isObject(b)) {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false;
        pairs.push([a[name], b[name]]);
      }
    } else if (a !== b) return false;
  }
  return true;
}
