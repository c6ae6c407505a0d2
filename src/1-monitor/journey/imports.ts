const FROM_PLAYWRIGHT = /^(?:@playwright\/test|playwright\/test)$/;
/** Where one may begin; what follows is taken apart by hand, so that no text makes an expression try it again and again. */
const IMPORT = /^[ \t]*import\b(?![ \t]*[(.])/gm;
const IMPORT_LENGTH = 500;

export type WithoutImports =
  /** Every line keeps its number. */
  { readonly ok: true; readonly source: string } | { readonly ok: false; readonly fault: string };

/** `test` and `expect` are there anyway; nothing else can be imported. */
export function withoutImports(text: string): WithoutImports {
  const kept: string[] = [];
  let at = 0;
  for (const { index, 0: start } of text.matchAll(IMPORT)) {
    const found = index < at ? null : readImport(text, index + start.length);
    if (found === null) continue;
    if (!FROM_PLAYWRIGHT.test(found.module)) {
      const line = text.slice(0, index).split('\n').length;
      return { ok: false, fault: `line ${line}: ${found.module} cannot be imported; only @playwright/test can` };
    }
    const rows = text.slice(index, found.end).replace(/[^\n]/g, '');
    kept.push(text.slice(at, index), renamed(found.names), rows);
    at = found.end;
  }
  kept.push(text.slice(at));
  return { ok: true, source: kept.join('') };
}

/** What stands from here to the end of an import; null: it is none, and the compiler says what it makes of it. */
function readImport(text: string, from: number): { names: string; module: string; end: number } | null {
  const rest = text.slice(from, from + IMPORT_LENGTH);
  const opened = rest.search(/['";]/);
  const quote = rest[opened];
  if (quote === undefined || quote === ';') return null;
  const closed = rest.indexOf(quote, opened + 1);
  const module = rest.slice(opened + 1, closed);
  if (closed < 0 || module.includes('\n')) return null;
  // A property may be called so as well: `import: () => '…'`.
  const names = rest.slice(0, opened).trim();
  if (names !== '' && !/[\s}]from$/.test(names)) return null;
  let end = from + closed + 1;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return { names, module, end: text[end] === ';' ? end + 1 : end };
}

/** `{ test as it }` as a constant of the script's own; types are nothing that runs. */
function renamed(names: string): string {
  if (/^type\s/.test(names)) return '';
  return names
    .slice(names.indexOf('{') + 1)
    .split(/[,}]/)
    .map((name) => /^(test|expect)\s+as\s+([\w$]+)$/.exec(name.trim()))
    .flatMap((match) => (match === null ? [] : [`const ${match[2]} = ${match[1]};`]))
    .join(' ');
}
