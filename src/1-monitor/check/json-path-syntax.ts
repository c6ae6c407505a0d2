/**
 * JSONPath as RFC 9535 has it, without its functions `match`, `search` and `value`: what is not known is refused with a
 * sentence, never guessed. A leading `$` may be left out: `items[0].id`.
 */

export interface JsonPath {
  readonly segments: readonly Segment[];
}

export interface Segment {
  /** `..`: of everything below as well. */
  readonly descends: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly from: number | null; readonly to: number | null; readonly step: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly test: Test };

export type Test =
  | { readonly kind: 'or' | 'and'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'compare'; readonly left: Operand; readonly operator: Operator; readonly right: Operand };

export type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>';
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'length' | 'count'; readonly query: Query };

/** `@` is the value that a filter looks at, `$` the whole. */
export interface Query {
  readonly from: '@' | '$';
  readonly segments: readonly Segment[];
}

export type ParsedPath =
  | { readonly ok: true; readonly path: JsonPath }
  | { readonly ok: false; readonly fault: string };

const MAX_PATH_LENGTH = 512;
const MAX_DEPTH = 20;
const NAME = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_\u0080-\uffff-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /-?(?:0|[1-9]\d{0,15})/y;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The fault reads as the end of a sentence that names the path: "has no end of its bracket (at character 7)". */
export function parseJsonPath(text: string): ParsedPath {
  if (text.length > MAX_PATH_LENGTH) return { ok: false, fault: `is longer than ${MAX_PATH_LENGTH} characters` };
  try {
    return { ok: true, path: new Reader(text.trim()).whole() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.message };
    throw error;
  }
}

class Refusal extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonPath {
    if (this.#text === '') throw this.#refuse('is empty');
    const isShort = !this.#takes('$') && !/^[.[]/.test(this.#text);
    const first = isShort ? [{ descends: false, selectors: [this.#member()] }] : [];
    const segments = [...first, ...this.#segments()];
    if (this.#at < this.#text.length) throw this.#refuse(`has something after its end: “${this.#rest()}”`);
    return { segments };
  }

  #segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      if (this.#takes('..')) {
        segments.push({ descends: true, selectors: this.#takes('[') ? this.#bracket() : [this.#member()] });
      } else if (this.#takes('.')) segments.push({ descends: false, selectors: [this.#member()] });
      else if (this.#takes('[')) segments.push({ descends: false, selectors: this.#bracket() });
      else return segments;
    }
  }

  #member(): Selector {
    if (this.#takes('*')) return { kind: 'all' };
    const name = this.#match(NAME);
    if (name === null) throw this.#refuse("names no member here; write one that is not a plain word as ['…']");
    if (this.#text[this.#at] === '(') throw this.#refuse(`calls ${name}(), which is not known at this place`);
    return { kind: 'name', name };
  }

  #bracket(): Selector[] {
    const selectors: Selector[] = [];
    do {
      this.#skip();
      selectors.push(this.#selector());
      this.#skip();
    } while (this.#takes(','));
    if (!this.#takes(']')) throw this.#refuse('has no end of its bracket');
    return selectors;
  }

  #selector(): Selector {
    if (this.#takes('*')) return { kind: 'all' };
    if (this.#takes('?')) return { kind: 'filter', test: this.#or() };
    const quoted = this.#string();
    if (quoted !== null) return { kind: 'name', name: quoted };
    if (this.#text[this.#at] === '(') throw this.#refuse('holds a script, which is never run; use a filter: [?…]');
    const from = this.#integer();
    this.#skip();
    if (!this.#takes(':')) {
      if (from === null) throw this.#refuse('expects a number, a name in quotes, * or ? in its bracket');
      return { kind: 'index', index: from };
    }
    this.#skip();
    const to = this.#integer();
    this.#skip();
    const step = this.#takes(':') ? (this.#skip(), this.#integer()) : null;
    return { kind: 'slice', from, to, step: step ?? 1 };
  }

  #or(): Test {
    const tests = this.#joined('||', () => this.#and());
    return tests.length === 1 && tests[0] !== undefined ? tests[0] : { kind: 'or', tests };
  }

  #and(): Test {
    const tests = this.#joined('&&', () => this.#basic());
    return tests.length === 1 && tests[0] !== undefined ? tests[0] : { kind: 'and', tests };
  }

  #joined(by: string, read: () => Test): Test[] {
    const tests: Test[] = [];
    do {
      tests.push(read());
      this.#skip();
    } while (this.#takes(by));
    return tests;
  }

  #basic(): Test {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#refuse('is nested too deeply');
    try {
      this.#skip();
      if (this.#takes('!')) return { kind: 'not', test: this.#basic() };
      if (this.#takes('(')) {
        const test = this.#or();
        this.#skip();
        if (!this.#takes(')')) throw this.#refuse('has no end of its parenthesis');
        return test;
      }
      return this.#comparison();
    } finally {
      this.#depth -= 1;
    }
  }

  #comparison(): Test {
    const left = this.#operand();
    this.#skip();
    const operator = (['==', '!=', '<=', '>=', '<', '>'] as const).find((one) => this.#takes(one));
    if (operator === undefined) {
      if (this.#text[this.#at] === '=') throw this.#refuse('compares by =; write ==, !=, <, <=, > or >=');
      if (left.kind === 'query') return { kind: 'exists', query: left.query };
      throw this.#refuse('compares with nothing');
    }
    this.#skip();
    const right = this.#operand();
    for (const side of [left, right])
      if (side.kind === 'query' && !isSingular(side.query))
        throw this.#refuse('compares a path that may lead to several values; compare one, or use count()');
    return { kind: 'compare', left, operator, right };
  }

  #operand(): Operand {
    const quoted = this.#string();
    if (quoted !== null) return { kind: 'literal', value: quoted };
    for (const from of ['@', '$'] as const)
      if (this.#takes(from)) return { kind: 'query', query: { from, segments: this.#segments() } };
    const number = this.#match(NUMBER);
    if (number !== null) return { kind: 'literal', value: Number(number) };
    const word = this.#match(NAME);
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
    if (word === 'null') return { kind: 'literal', value: null };
    if (word === 'length' || word === 'count') return { kind: word, query: this.#argument(word) };
    throw this.#refuse(
      word === null ? 'expects @, $, a text in quotes or a number here' : `knows no “${word}”: texts stand in quotes`,
    );
  }

  #argument(word: string): Query {
    const isCall = this.#takes('(');
    this.#skip();
    const from = (['@', '$'] as const).find((one) => this.#takes(one));
    if (!isCall || from === undefined) throw this.#refuse(`expects a path in ${word}(@…)`);
    const query: Query = { from, segments: this.#segments() };
    this.#skip();
    if (!this.#takes(')')) throw this.#refuse(`has no end of ${word}(`);
    if (word === 'length' && !isSingular(query))
      throw this.#refuse('takes the length() of several values; use count()');
    return query;
  }

  #string(): string | null {
    const quote = this.#text[this.#at];
    if (quote !== "'" && quote !== '"') return null;
    let read = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const one = this.#text[at] ?? '';
      if (one === quote) {
        this.#at = at + 1;
        return read;
      }
      if (one !== '\\') {
        read += one;
        continue;
      }
      at += 1;
      const escaped = this.#text[at] ?? '';
      const code = escaped === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.#text.slice(at + 1))?.[0] : undefined;
      if (code !== undefined) at += 4;
      read += code === undefined ? (ESCAPES[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(code, 16));
    }
    throw this.#refuse('has no end of its quotes');
  }

  #integer(): number | null {
    const found = this.#match(INTEGER);
    return found === null ? null : Number(found);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #takes(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #rest(): string {
    return this.#text.slice(this.#at, this.#at + 20);
  }

  #refuse(why: string): Refusal {
    return new Refusal(`${why} (at character ${this.#at + 1})`);
  }
}

function isSingular({ segments }: Query): boolean {
  return segments.every(
    ({ descends, selectors }) =>
      !descends && selectors.length === 1 && (selectors[0]?.kind === 'name' || selectors[0]?.kind === 'index'),
  );
}
