/** A search of a sender, read. */
export type Search =
  | { readonly op: 'and' | 'or'; readonly of: readonly Search[] }
  | { readonly op: 'not'; readonly of: Search }
  | { readonly op: 'term'; readonly field: SearchField; readonly value: string };

/** What can be asked for: fields of an alert, or a label (`details.name`). `text` stands for a bare word. */
export type SearchField = (typeof FIELDS)[number] | 'text' | `details.${string}`;

export type ReadSearch =
  | { readonly ok: true; readonly search: Search | null }
  | { readonly ok: false; readonly why: string };

const FIELDS = [
  'status',
  'acknowledged',
  'snoozed',
  'alias',
  'alertid',
  'tinyid',
  'message',
  'description',
  'entity',
  'source',
  'priority',
  'tag',
  'responders',
] as const;
const SAME: Readonly<Record<string, SearchField>> = {
  tags: 'tag',
  id: 'alertid',
  responder: 'responders',
  teams: 'responders',
};
const VALUES: Partial<Record<SearchField, readonly string[]>> = {
  status: ['open', 'closed', 'acked'],
  acknowledged: ['true', 'false'],
  snoozed: ['true', 'false'],
  priority: ['p1', 'p2', 'p3', 'p4', 'p5'],
};
const MOST_CHARACTERS = 1_000;
const MOST_TOKENS = 100;

/** A word, a text in quotes, or one of `( ) : =`; blanks stand between them. */
const TOKEN = /\s*(?:"([^"]*)"|([():=])|([^\s():="]+))/y;

type Token = { readonly text: string; readonly kind: 'sign' | 'word' | 'quoted' };

/**
 * Reads a query as the search of Opsgenie's alert list takes it: terms such as `status: open`, `tag: (eu OR db)` or
 * `details.host = db*`, with AND, OR, NOT and parentheses. What is not understood is said, since an answer with
 * everything in it would be worse than none.
 */
export function readSearch(query: string | undefined): ReadSearch {
  const text = (query ?? '').trim();
  if (text === '') return { ok: true, search: null };
  if (text.length > MOST_CHARACTERS) return { ok: false, why: `is longer than ${MOST_CHARACTERS} characters` };
  if (text.includes('\0')) return { ok: false, why: 'holds a NUL character' };
  const tokens = tokensOf(text);
  if (tokens === null) return { ok: false, why: 'has a quotation mark that is not closed' };
  if (tokens.length > MOST_TOKENS) return { ok: false, why: `has more than ${MOST_TOKENS} words` };
  try {
    return { ok: true, search: new Reader(tokens).all() };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, why: error.message };
    throw error;
  }
}

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return null;
    const [, quoted, sign, word] = found;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

class Misread extends Error {}

/** OR binds least, then AND (which may be left out), then NOT. */
class Reader {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  all(): Search {
    const search = this.#either(() => this.#term());
    const rest = this.#tokens[this.#at];
    if (rest) throw new Misread(`is not understood at “${rest.text}”`);
    return search;
  }

  #either(one: () => Search): Search {
    const of = [this.#each(one)];
    while (this.#takes('OR')) of.push(this.#each(one));
    return of.length === 1 && of[0] ? of[0] : { op: 'or', of };
  }

  #each(one: () => Search): Search {
    const of = [this.#one(one)];
    while (this.#takes('AND') || this.#goesOn()) of.push(this.#one(one));
    return of.length === 1 && of[0] ? of[0] : { op: 'and', of };
  }

  #one(one: () => Search): Search {
    if (this.#takes('NOT')) return { op: 'not', of: this.#one(one) };
    if (!this.#sign('(')) return one();
    const search = this.#either(one);
    if (!this.#sign(')')) throw new Misread('has a parenthesis that is not closed');
    return search;
  }

  #term(): Search {
    const token = this.#word();
    if (!this.#sign(':') && !this.#sign('=')) return { op: 'term', field: 'text', value: token.text };
    const field = fieldOf(token.text);
    return this.#one(() => ({ op: 'term', field, value: valueOf(field, this.#word().text) }));
  }

  #word(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new Misread('ends too early');
    if (token.kind === 'sign' || (token.kind === 'word' && /^[<>!]/.test(token.text)))
      throw new Misread(`is not understood at “${token.text}”`);
    this.#at += 1;
    return token;
  }

  #goesOn(): boolean {
    const token = this.#tokens[this.#at];
    if (!token) return false;
    if (token.kind === 'sign') return token.text === '(';
    return token.kind === 'quoted' || token.text !== 'OR';
  }

  #sign(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.#at += 1;
    return true;
  }
}

function fieldOf(name: string): SearchField {
  const lower = name.toLowerCase();
  const field = FIELDS.find((one) => one === lower) ?? SAME[lower];
  if (field !== undefined) return field;
  if (lower.startsWith('details.') && name.length > 'details.'.length)
    return `details.${name.slice('details.'.length)}`;
  throw new Misread(
    `asks for the field “${name}”, which is not known here; known are ${FIELDS.join(', ')}, details.name`,
  );
}

function valueOf(field: SearchField, value: string): string {
  const known = VALUES[field];
  if (known === undefined) return value;
  const lower = value.toLowerCase();
  if (known.includes(lower)) return lower;
  throw new Misread(`asks for ${field} “${value}”; it may be ${known.join(', ')}`);
}
