import { ScriptAllowance, TooMuch, Unclear } from './script-allowance.ts';
import { type Token, tokensOf } from './script-tokens.ts';
import {
  assertionOf,
  assign,
  type Bind,
  type Draft,
  encoded,
  type ScriptStep,
  type Value,
  withoutOver,
} from './script-value.ts';

export type ReadScript =
  | { readonly ok: true; readonly steps: readonly ScriptStep[]; readonly lost: readonly string[] }
  | { readonly ok: false; readonly why: string };

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head']);
const BRANCHES = new Set(['if', 'for', 'while', 'do', 'switch', 'try', 'function', 'class']);
const MOST = { steps: 20, taken: 10, assertions: 20 };
const DEEPEST = 30;
/** What a value takes to make, in characters. */
const VALUE = 10;
/** So many of its lines are named that are not read; of the others how many they are. */
const MOST_LOST = 20;

/**
 * The requests of a multi-step check in order, where it is written plainly: requests one after the other, values handed
 * on, and what is expected. A script that decides, repeats or computes stays a script: it says why. `known`: variables of
 * its environment by name; what they stand for may name a variable here. `allowance`: that of the conversion. Time grows
 * with its length and with what is made of it, which has a limit.
 */
export function readChecklyScript(
  script: string,
  known: ReadonlyMap<string, string>,
  allowance = new ScriptAllowance(),
): ReadScript {
  try {
    allowance.begin(script.length);
    const tokens = tokensOf(script);
    if (tokens === null) return { ok: false, why: 'it is written in a way that is not read' };
    const shared = { lines: script.split('\n'), known, allowance, names: new Map(), steps: [], lost: new Lost() };
    return new Script(tokens, shared).read();
  } catch (error) {
    if (error instanceof Unclear) return { ok: false, why: error.message };
    throw error;
  }
}

/** What the pieces of one script have in common. */
interface Shared {
  /** Each is cut to what a note says of it when it is first needed. */
  readonly lines: string[];
  readonly known: ReadonlyMap<string, string>;
  readonly allowance: ScriptAllowance;
  readonly names: Map<string, Value>;
  readonly steps: Draft[];
  readonly lost: Lost;
}

class Lost {
  readonly #named: string[] = [];
  #more = 0;

  push(what: string): void {
    if (this.#named.length < MOST_LOST) this.#named.push(what);
    else this.#more += 1;
  }

  all(): string[] {
    return this.#more === 0 ? this.#named : [...this.#named, `${this.#more} more of it`];
  }
}

class Script {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  readonly #shared: Shared;
  readonly #names: Map<string, Value>;
  readonly #lost: Lost;
  /** What each open block is called, and which names its answer gets. */
  readonly #blocks: { readonly name: string; readonly bind: readonly Bind[] }[] = [];

  constructor(tokens: readonly Token[], shared: Shared) {
    this.#tokens = tokens;
    this.#shared = shared;
    this.#names = shared.names;
    this.#lost = shared.lost;
  }

  read(): ReadScript {
    while (this.#at < this.#tokens.length) this.#statement();
    const { steps } = this.#shared;
    if (steps.length === 0) return { ok: false, why: 'no request is found in it' };
    const over = steps.reduce((sum, step) => sum + step.over, 0);
    if (over > 0) this.#lost.push(`${over} expectations of a request that has more than ${MOST.assertions}`);
    return { ok: true, steps: steps.map(withoutOver), lost: this.#lost.all() };
  }

  #statement(): void {
    const begin = this.#at;
    const text = this.#text();
    if (text === '}') return this.#close();
    if (text === ';' || text === ')' || text === ',') return void (this.#at += 1);
    if (text === 'import') return this.#skipImport();
    if (BRANCHES.has(text)) throw new Unclear(`it has a “${text}” in line ${this.#line()}`);
    const bind = this.#binding();
    if (this.#text() === 'await') this.#at += 1;
    if (this.#opens(bind)) return;
    if (text === 'expect' || (text === 'await' && this.#text() === 'expect')) return this.#expectation(begin);
    if (text === 'return') {
      this.#at += 1;
      const { bind: wanted = [] } = this.#blocks.at(-1) ?? {};
      return assign(this.#names, wanted, this.#value());
    }
    if (text === 'console') return this.#skipLine(begin);
    if (bind.length === 0 && this.#text() !== 'request') {
      this.#lost.push(`line ${this.#line(begin)}: ${this.#words(begin)}`);
      return this.#skipLine(begin);
    }
    assign(this.#names, bind, this.#value());
  }

  /** `test('…', async ({ request }) => {`, and the same of `test.step` and `test.describe`. */
  #opens(bind: readonly Bind[]): boolean {
    if (this.#text() !== 'test') return false;
    const inner = this.#text(1) === '.' ? this.#text(2) : '';
    if (inner !== '' && inner !== 'step' && inner !== 'describe') {
      if (inner !== 'setTimeout') this.#lost.push(`line ${this.#line()}: test.${inner}`);
      this.#skipLine(this.#at);
      return true;
    }
    this.#at += inner === '' ? 2 : 4;
    const name = this.#value();
    while (this.#at < this.#tokens.length && this.#text() !== '=>') this.#at += 1;
    if (this.#text(1) !== '{') throw new Unclear(`line ${this.#line()} is not read`);
    this.#at += 2;
    this.#blocks.push({ name: name.is === 'text' && inner === 'step' ? name.text : '', bind });
    return true;
  }

  #close(): void {
    this.#blocks.pop();
    this.#at += 1;
  }

  /** `const a =`, `const { a, b: c } =`, `const [a] =`: which names, and where in the value each stands. */
  #binding(): Bind[] {
    if (!['const', 'let', 'var'].includes(this.#text())) return [];
    this.#at += 1;
    const open = this.#text();
    const binds: Bind[] = [];
    if (open === '{' || open === '[') {
      this.#at += 1;
      for (let index = 0; this.#text() !== '}' && this.#text() !== ']'; index++) {
        const from = this.#word();
        const name = open === '{' && this.#text() === ':' ? (this.#take(':'), this.#word()) : from;
        binds.push({ name, path: open === '{' ? `.${from}` : `[${index}]` });
        if (this.#text() === ',') this.#at += 1;
      }
      this.#at += 1;
    } else binds.push({ name: this.#word(), path: '' });
    this.#take('=');
    return binds;
  }

  #value(): Value {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#unclear();
    const value = this.#whole();
    this.#depth -= 1;
    return value;
  }

  #whole(): Value {
    let value = this.#first();
    for (;;) {
      const text = this.#text();
      if (text === '.' || text === '?.') {
        this.#at += 1;
        value = this.#member(value, this.#word());
      } else if (text === '[' && value.is === 'json') {
        const index = this.#tokens[this.#at + 1];
        if (index?.kind !== 'number' && index?.kind !== 'string') throw this.#unclear();
        this.#at += 2;
        this.#take(']');
        value = {
          ...value,
          path: `${value.path}[${index.kind === 'number' ? index.text : JSON.stringify(index.text)}]`,
        };
      } else if (['+', '-', '*', '?', '??', '||', '&&'].includes(text)) throw this.#unclear();
      else return value;
    }
  }

  #first(): Value {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unclear('it ends too soon');
    this.#at += 1;
    if (token.kind === 'string') return { is: 'text', text: this.#harmless(token.text) };
    if (token.kind === 'number') return { is: 'plain', value: Number(token.text) };
    if (token.kind === 'template') return { is: 'text', text: this.#template(token) };
    if (token.text === '{') return this.#object();
    if (token.text === '[') return this.#list();
    if (token.text === 'await') return this.#value();
    if (token.text === '(') {
      const inner = this.#value();
      this.#take(')');
      return inner;
    }
    if (token.text === 'true' || token.text === 'false') return { is: 'plain', value: token.text === 'true' };
    if (token.text === 'null') return { is: 'plain', value: null };
    if (token.text === 'request') return this.#request();
    if (token.text === 'process') return this.#environment();
    const known = token.kind === 'word' ? this.#names.get(token.text) : undefined;
    if (known === undefined) throw this.#unclear(this.#at - 1);
    return known;
  }

  #member(value: Value, name: string): Value {
    const called = this.#text() === '(' && this.#text(1) === ')';
    if (called) this.#at += 2;
    if (value.is === 'response' && called) {
      if (name === 'json') return { is: 'json', step: value.step, path: '$' };
      if (name === 'status' || name === 'ok') return { is: name, step: value.step };
    }
    if (value.is === 'json' && !called && this.#text() !== '(' && name !== 'length')
      return { ...value, path: `${value.path}.${name}` };
    const entry = value.is === 'object' && !called ? value.entries.get(name) : undefined;
    if (entry === undefined) throw this.#unclear(this.#at - 1);
    return entry;
  }

  #environment(): Value {
    for (const part of ['.', 'env', '.']) this.#take(part);
    const name = this.#word();
    const text = this.#shared.known.get(name);
    if (text === undefined)
      throw new Unclear(`it needs the environment variable ${name}, which the export does not hold`);
    if (this.#text() === '!') this.#at += 1;
    return { is: 'text', text };
  }

  #request(): Value {
    this.#take('.');
    const method = this.#word();
    if (!METHODS.has(method)) throw new Unclear(`it calls request.${method}`);
    this.#take('(');
    const url = this.#value();
    if (this.#text() === ',') this.#at += 1;
    const options = this.#text() === ')' ? null : this.#value();
    if (this.#text() === ',') this.#at += 1;
    this.#take(')');
    if (url.is !== 'text') throw this.#unclear();
    const step = this.#stepOf(method.toUpperCase(), this.#textOf(url), options);
    if (this.#shared.steps.length >= MOST.steps) throw new TooMuch(`it makes more than ${MOST.steps} requests`);
    this.#shared.steps.push(step);
    return { is: 'response', step };
  }

  #stepOf(method: string, url: string, options: Value | null): Draft {
    const entries = options?.is === 'object' ? options.entries : new Map<string, Value>();
    const headers: Record<string, string> = {};
    const params: string[] = [];
    let body: string | null = null;
    for (const [name, value] of entries) {
      if (name === 'headers' && value.is === 'object')
        for (const [header, text] of value.entries) headers[header] = this.#textOf(text);
      else if (name === 'params' && value.is === 'object')
        for (const [key, text] of value.entries) params.push(`${encoded(key)}=${encoded(this.#textOf(text))}`);
      else if (name === 'data') {
        body = value.is === 'text' ? this.#textOf(value) : JSON.stringify(this.#jsonOf(value));
        if (value.is !== 'text' && !Object.keys(headers).some((one) => one.toLowerCase() === 'content-type'))
          headers['Content-Type'] = 'application/json';
      } else if (name === 'form' || name === 'multipart') throw new Unclear(`it sends a form (line ${this.#line()})`);
      else this.#lost.push(`the option ${name} of a request`);
    }
    const name = (this.#blocks.findLast((block) => block.name !== '')?.name ?? '').slice(0, 80);
    const address = params.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${params.join('&')}`;
    return { name, method, url: address, headers, body, assertions: [], take: [], over: 0 };
  }

  #object(): Value {
    const entries = new Map<string, Value>();
    while (this.#text() !== '}') {
      const token = this.#tokens[this.#at];
      if (token === undefined || (token.kind !== 'word' && token.kind !== 'string')) throw this.#unclear();
      this.#at += 1;
      if (this.#text() === ':') {
        this.#at += 1;
        entries.set(token.text, this.#value());
      } else {
        this.#at -= 1;
        entries.set(token.text, this.#value());
      }
      if (this.#text() === ',') this.#at += 1;
      else if (this.#text() !== '}') throw this.#unclear();
    }
    this.#at += 1;
    return { is: 'object', entries };
  }

  #list(): Value {
    const items: Value[] = [];
    while (this.#text() !== ']') {
      items.push(this.#value());
      if (this.#text() === ',') this.#at += 1;
      else if (this.#text() !== ']') throw this.#unclear();
    }
    this.#at += 1;
    return { is: 'list', items };
  }

  /** `expect(…).toBe(…)`; one that is not understood is left out and named. */
  #expectation(begin: number): void {
    const lost = () => {
      this.#lost.push(`line ${this.#line(begin)}: ${this.#words(begin)}`);
      this.#at = begin;
      this.#skipLine(begin);
    };
    try {
      this.#at += 1;
      this.#take('(');
      const value = this.#value();
      if (this.#text() === ',') {
        this.#at += 1;
        this.#value();
      }
      for (const sign of [')', '.']) this.#take(sign);
      const matcher = this.#word();
      this.#take('(');
      const expected = this.#text() === ')' ? null : this.#value();
      this.#take(')');
      if (expected?.is === 'text') this.#textOf(expected);
      const made = assertionOf(value, matcher, expected);
      if (made === null || !('step' in value)) return lost();
      this.#shared.allowance.spend(value.is === 'json' ? value.path.length : 1);
      if (value.step.assertions.length < MOST.assertions) value.step.assertions.push(made);
      else value.step.over += 1;
    } catch (error) {
      if (!(error instanceof Unclear) || error instanceof TooMuch) throw error;
      lost();
    }
  }

  #template({ texts, values }: Extract<Token, { kind: 'template' }>): string {
    let text = this.#harmless(texts[0] ?? '');
    for (const [at, tokens] of values.entries()) {
      const inner = new Script(tokens, this.#shared);
      const value = inner.#value();
      if (inner.#at < tokens.length) throw inner.#unclear();
      text += this.#textOf(value) + this.#harmless(texts[at + 1] ?? '');
    }
    return text;
  }

  /** Counts what it answers: the same name may be asked for again and again. */
  #textOf(value: Value): string {
    const text = this.#wordsOf(value);
    this.#shared.allowance.spend(text.length + 1);
    return text;
  }

  #wordsOf(value: Value): string {
    if (value.is === 'text') return value.text;
    if (value.is === 'plain') return String(value.value);
    if (value.is === 'json') return `{{${this.#taken(value.step, value.path)}}}`;
    throw this.#unclear();
  }

  #jsonOf(value: Value, depth = 0): unknown {
    if (depth > DEEPEST) throw this.#unclear();
    this.#shared.allowance.spend(VALUE);
    if (value.is === 'list') return value.items.map((item) => this.#jsonOf(item, depth + 1));
    if (value.is !== 'object') return value.is === 'plain' ? value.value : this.#textOf(value);
    return Object.fromEntries(
      [...value.entries].map(([name, inner]) => {
        this.#shared.allowance.spend(name.length);
        return [name, this.#jsonOf(inner, depth + 1)];
      }),
    );
  }

  /** The name by which later steps know a part of an answer. */
  #taken({ take }: Draft, source: string): string {
    this.#shared.allowance.spend(source.length);
    const known = take.find((one) => one.source === source);
    if (known !== undefined) return known.name;
    if (take.length >= MOST.taken) throw new TooMuch(`it hands on more than ${MOST.taken} values of an answer`);
    const word =
      source
        .slice(-200)
        .match(/[A-Za-z_]\w*/g)
        ?.at(-1)
        ?.slice(0, 30) ?? 'value';
    const all = new Set(this.#shared.steps.flatMap((step) => step.take.map(({ name }) => name)));
    let name = word;
    for (let n = 2; all.has(name) || this.#shared.known.has(name); n++) name = `${word}_${n}`;
    take.push({ name, from: 'json', source });
    return name;
  }

  #harmless(text: string): string {
    if (text.includes('{{')) throw new Unclear('it has “{{” in a text');
    return text;
  }

  #skipImport(): void {
    while (this.#at < this.#tokens.length && this.#tokens[this.#at]?.kind !== 'string') this.#at += 1;
    this.#at += 1;
  }

  /** The rest of a statement: to the end of its line, and of the brackets that it opens. */
  #skipLine(begin: number): void {
    let depth = 0;
    let line = this.#line(begin);
    for (; this.#at < this.#tokens.length; this.#at++) {
      const text = this.#text();
      if (depth === 0 && (this.#line() > line || text === ';' || text === '}')) return;
      if (['(', '[', '{'].includes(text)) depth += 1;
      if ([')', ']', '}'].includes(text)) depth -= 1;
      line = Math.max(line, this.#line());
    }
  }

  #text(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'word' || token?.kind === 'sign' ? token.text : '';
  }

  #word(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word') throw this.#unclear();
    this.#at += 1;
    return token.text;
  }

  #take(sign: string): void {
    if (this.#text() !== sign) throw this.#unclear();
    this.#at += 1;
  }

  #line(at = this.#at): number {
    return this.#tokens[Math.min(at, this.#tokens.length - 1)]?.line ?? 1;
  }

  #words(at: number): string {
    const line = this.#line(at) - 1;
    // Trimmed once: a line may be as long as the script, and be named thousands of times.
    return (this.#shared.lines[line] = (this.#shared.lines[line] ?? '').trim().slice(0, 100));
  }

  #unclear(at = this.#at): Unclear {
    return new Unclear(`line ${this.#line(at)} is not read: ${this.#words(at)}`);
  }
}
