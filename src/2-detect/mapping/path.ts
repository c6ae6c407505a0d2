/** A way into JSON, step by step: a name or a place in a list. */
export type Path = readonly (string | number)[];

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const MAX_STEPS = 20;
const MAX_PLACE = 9_999;
/** Text that holds JSON (as SNS sends it) is looked into up to this length. */
const MAX_INNER_TEXT = 256 * 1024;

const NAME = /[^.[\]{}|"']+/y;
const BRACKETS = /\[\s*(?:(\d{1,4})|"([^"]{1,200})"|'([^']{1,200})')\s*\]/y;

/**
 * Reads `$.alert.name`, `items[0].x`, `labels["a.b"]`; the leading `$` may be left out. Refuses what has no meaning and
 * more than 20 steps, and says where.
 */
export function parsePath(text: string): Read<Path> {
  const source = text.trim();
  const steps: (string | number)[] = [];
  let at = source.startsWith('$') ? 1 : 0;
  let mayName = at === 0;
  while (at < source.length) {
    BRACKETS.lastIndex = at;
    const brackets = BRACKETS.exec(source);
    if (brackets) {
      const [whole, place, double, single] = brackets;
      steps.push(place === undefined ? (double ?? single ?? '') : Math.min(Number(place), MAX_PLACE));
      at += whole.length;
    } else {
      if (source[at] === '.') at += 1;
      else if (!mayName) return refuse(source, at, 'expected . or [');
      NAME.lastIndex = at;
      const name = NAME.exec(source)?.[0].trim();
      if (!name) return refuse(source, at, 'expected a name');
      steps.push(name);
      at = NAME.lastIndex;
    }
    mayName = false;
    if (steps.length > MAX_STEPS) return { ok: false, message: `has more than ${MAX_STEPS} steps` };
  }
  return { ok: true, value: steps };
}

function refuse(source: string, at: number, expected: string): Read<Path> {
  const where = at >= source.length ? 'at the end' : `at “${source.slice(at, at + 20)}”`;
  return { ok: false, message: `${expected} ${where}; a path looks like $.alert.name or items[0].x` };
}

/** A path as people write it: `$.items[0].name`. */
export function showPath(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number'
        ? `${text}[${step}]`
        : /^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)
          ? `${text}.${step}`
          : `${text}[${JSON.stringify(step)}]`,
    '$',
  );
}

/**
 * What stands at the end of a path; undefined when nothing does. Only an object's own members count, never what it
 * inherits. A text that holds JSON is read as JSON when the path goes on into it.
 */
export function readPath(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here === 'string') here = innerJson(here);
    if (typeof here !== 'object' || here === null) return undefined;
    if (Array.isArray(here)) here = /^\d{1,4}$/.test(String(step)) ? (here as unknown[])[Number(step)] : undefined;
    else here = Object.hasOwn(here, step) ? (here as Record<string | number, unknown>)[step] : undefined;
  }
  return here;
}

function innerJson(text: string): unknown {
  if (text.length > MAX_INNER_TEXT || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first steps of a path that lead nowhere, as text; for saying why a field stayed empty. */
export function missingAt(value: unknown, path: Path): string {
  for (let length = 1; length <= path.length; length++) {
    if (readPath(value, path.slice(0, length)) === undefined) return showPath(path.slice(0, length));
  }
  return showPath(path);
}
