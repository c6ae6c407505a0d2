import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';

/** One thing that is wrong with a text; lines count from 1. */
type YamlFault = { readonly line: number; readonly path: readonly string[]; readonly message: string };

/** A text as plain values, and where in it each of them stands. */
export type ReadYaml = {
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** The line of a value, or of the nearest thing around it. */
  readonly lineOf: (path: readonly string[]) => number;
};

/** A text of a million brackets would keep the parser busy for seconds; half as many monitors as anybody has are fewer pieces. */
const MOST_TOKENS = 250_000;
/** Values once aliases are filled in. */
const MOST_VALUES = 200_000;
/** Characters that come out of texts with variables: each may be long, and named often. */
const MOST_FILLED = 5_000_000;
const DEEPEST = 40;
const TOO_DEEP = 'is nested too deeply';

/**
 * Reads YAML 1.2 (and so JSON), with aliases and `<<`. `${NAME}` in a text is replaced by the variable of that name, after
 * the text was read, so that no value becomes structure; `$${` is a plain `${`. Never throws.
 */
export function readYaml(text: string, variables: Readonly<Record<string, string>>): ReadYaml {
  const first = (message: string): ReadYaml => ({
    value: null,
    faults: [{ line: 1, path: [], message }],
    lineOf: () => 1,
  });
  if (hasTooMany(text)) return first('is too large; divide it into several and apply one after the other');
  const counter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      // Looked at while walking: the parser compares each key with each other.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    // The parser goes down as deep as the text does, and tells it as an error of its own.
    if (document.errors.some(({ message }) => message.startsWith('Maximum call stack'))) return first(TOO_DEEP);
    const faults = document.errors.slice(0, 20).map(({ message, pos: [at] }) => ({
      line: counter.linePos(at).line,
      path: [],
      message: `is not YAML here: ${message}`,
    }));
    if (faults.length > 0) return { value: null, faults, lineOf: () => 1 };
    return walk(document.contents, counter, variables);
  } catch (error) {
    if (error instanceof RangeError) return first(TOO_DEEP);
    throw error;
  }
}

function hasTooMany(text: string): boolean {
  let tokens = 0;
  for (const _token of new Lexer().lex(text)) if (++tokens > MOST_TOKENS) return true;
  return false;
}

class Stop extends Error {}

function walk(contents: Node | null, counter: LineCounter, variables: Readonly<Record<string, string>>): ReadYaml {
  const faults: YamlFault[] = [];
  const lines = new Map<string, number>();
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let values = 0;
  let following = 0;
  let filledLength = 0;
  const lineAt = (node: { readonly range?: readonly number[] | null | undefined } | null, above: number) =>
    node?.range?.[0] === undefined ? above : counter.linePos(node.range[0]).line;
  const refuse = (line: number, path: readonly string[], message: string) => {
    if (faults.length < 100) faults.push({ line, path, message });
  };
  const visit = (node: Node | null, path: readonly string[], line: number): unknown => {
    if (++values > MOST_VALUES) {
      refuse(line, path, 'is too large once its aliases are filled in');
      throw new Stop();
    }
    if (path.length > DEEPEST) {
      refuse(line, path.slice(0, 3), TOO_DEEP);
      throw new Stop();
    }
    if (node === null) return null;
    if (isAlias(node)) return followed(node.source, path, line);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return filled(node.value, path, line);
    open.add(node);
    const value = isMap(node) ? ofMap(node, path, line) : isSeq(node) ? ofSeq(node.items, path, line) : null;
    open.delete(node);
    return value;
  };
  const followed = (name: string, path: readonly string[], line: number): unknown => {
    const target = anchors.get(name);
    if (target === undefined) return void refuse(line, path, `there is no &${name} before it`);
    if (open.has(target)) return void refuse(line, path, `*${name} stands inside of what it names`);
    following += 1;
    const value = visit(target, path, line);
    following -= 1;
    return value;
  };
  const filled = (value: unknown, path: readonly string[], line: number): unknown => {
    if (typeof value !== 'string') return value;
    return value.replaceAll(/\$\$\{|\$\{([^}]*)\}/g, (whole, name: string | undefined) => {
      if (name === undefined) return whole.slice(1);
      const replacement = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (replacement === undefined) refuse(line, path, `\${${name}} has no value; write $\${ for a plain \${`);
      filledLength += replacement?.length ?? 0;
      if (filledLength > MOST_FILLED) {
        refuse(line, path, 'is too large once its variables are filled in');
        throw new Stop();
      }
      return replacement ?? '';
    });
  };
  const ofSeq = (items: readonly unknown[], path: readonly string[], above: number): unknown[] =>
    items.map((item, index) => {
      const node = (item ?? null) as Node | null;
      const line = lineAt(node, above);
      const own = [...path, String(index)];
      note(own, line);
      return visit(node, own, line);
    });
  const ofMap = (map: YAMLMap, path: readonly string[], above: number): Record<string, unknown> => {
    const found = new Map<string, unknown>();
    const merged: Record<string, unknown>[] = [];
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      const { key, value } = pair as Pair<Node | null, Node | null>;
      const line = lineAt(key, above);
      if (!isScalar(key)) {
        refuse(line, path, 'has a key that is no text');
        continue;
      }
      const name = String(key.value);
      if (name === '<<') {
        merged.push(...mergedFrom(visit(value, path, line), path, line));
        continue;
      }
      const own = [...path, name];
      if (found.has(name) || name === '__proto__') refuse(line, own, 'is there twice; a key may be named once');
      note(own, line);
      found.set(name, visit(value, own, line));
    }
    // What is written beside `<<` holds, and of several the first.
    for (const one of merged)
      for (const [name, value] of Object.entries(one)) if (!found.has(name)) found.set(name, value);
    return Object.fromEntries(found);
  };
  const mergedFrom = (value: unknown, path: readonly string[], line: number): Record<string, unknown>[] => {
    const list = Array.isArray(value) ? value : [value];
    if (list.every(isPlainMap)) return list;
    refuse(line, path, '<< takes a map, or a list of maps');
    return [];
  };
  const note = (path: readonly string[], line: number) => {
    // What an alias brings along stands where the alias is.
    if (following === 0) lines.set(path.join('\n'), line);
  };
  const lineOf = (path: readonly string[]): number => {
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(path.slice(0, length).join('\n'));
      if (line !== undefined) return line;
    }
    return 1;
  };
  try {
    const value = visit(contents, [], 1);
    return { value, faults, lineOf };
  } catch (error) {
    if (error instanceof Stop) return { value: null, faults, lineOf };
    throw error;
  }
}

export function isPlainMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
