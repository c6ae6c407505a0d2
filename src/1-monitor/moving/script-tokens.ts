/** A piece of a script: what it is, its text (of strings what they say), and in which line it begins. */
export type Token =
  | { readonly kind: 'word' | 'number' | 'sign' | 'string'; readonly text: string; readonly line: number }
  | {
      readonly kind: 'template';
      /** What stands between the values, one more than there are values. */
      readonly texts: readonly string[];
      readonly values: readonly (readonly Token[])[];
      readonly text: string;
      readonly line: number;
    };

const SPACE = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /\d[\d_]*(?:\.\d+)?/y;
const STRING = /'((?:[^'\\\n]|\\[^\n])*)'|"((?:[^"\\\n]|\\[^\n])*)"/y;
const SIGN = /=>|===|!==|==|!=|&&|\|\||\?\.|\?\?|\.\.\.|[{}()[\].,;:=<>+\-*%!?&|@]/y;

/** Templates within templates. */
const DEEPEST = 10;

/** The pieces of a script that is written in the plain part of the language; null where it is not. Time grows with its length. */
export function tokensOf(script: string): Token[] | null {
  const read = new Reader(script);
  return read.until(null);
}

class Reader {
  #at = 0;
  #line = 1;
  #nested = 0;
  readonly #script: string;

  constructor(script: string) {
    this.#script = script;
  }

  /** Up to the `}` that ends a value in a template, or to the end. */
  until(end: '}' | null): Token[] | null {
    this.#nested += 1;
    if (this.#nested > DEEPEST) return null;
    const tokens = this.#tokens(end);
    this.#nested -= 1;
    return tokens;
  }

  #tokens(end: '}' | null): Token[] | null {
    const tokens: Token[] = [];
    let depth = 0;
    while (this.#at < this.#script.length) {
      if (this.#take(SPACE) !== null) continue;
      if (end !== null && depth === 0 && this.#script[this.#at] === '}') return tokens;
      const token = this.#next();
      if (token === null) return null;
      if (token.text === '{' && token.kind === 'sign') depth += 1;
      if (token.text === '}' && token.kind === 'sign') depth -= 1;
      tokens.push(token);
    }
    return end === null ? tokens : null;
  }

  #next(): Token | null {
    const line = this.#line;
    if (this.#script[this.#at] === '`') return this.#template(line);
    const word = this.#take(WORD);
    if (word !== null) return { kind: 'word', text: word[0], line };
    const number = this.#take(NUMBER);
    if (number !== null) return { kind: 'number', text: number[0].replaceAll('_', ''), line };
    const string = this.#take(STRING);
    if (string !== null) return { kind: 'string', text: unescaped(string[1] ?? string[2] ?? ''), line };
    const sign = this.#take(SIGN);
    return sign === null ? null : { kind: 'sign', text: sign[0], line };
  }

  #template(line: number): Token | null {
    const texts: string[] = [];
    const values: (readonly Token[])[] = [];
    let text = '';
    for (this.#at += 1; this.#at < this.#script.length;) {
      const char = this.#script[this.#at] ?? '';
      if (char === '`') {
        this.#at += 1;
        return { kind: 'template', texts: [...texts, unescaped(text)], values, text: '', line };
      }
      if (char === '$' && this.#script[this.#at + 1] === '{') {
        this.#at += 2;
        const value = this.until('}');
        if (value === null) return null;
        this.#at += 1;
        texts.push(unescaped(text));
        values.push(value);
        text = '';
        continue;
      }
      const taken = char === '\\' ? this.#script.slice(this.#at, this.#at + 2) : char;
      if (char === '\n') this.#line += 1;
      text += taken;
      this.#at += taken.length;
    }
    return null;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#script);
    if (found === null) return null;
    this.#at += found[0].length;
    for (const char of found[0]) if (char === '\n') this.#line += 1;
    return found;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
}
