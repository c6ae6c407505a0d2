import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One mention of another module: static, re-export, dynamic or in a type. `specifier` is null when it is computed. */
type Import = { readonly specifier: string | null; readonly erased: boolean };

/** What the rules need to know of a file. `path` starts at the root of the repository. */
export type SourceFile = { readonly path: string; readonly imports: readonly Import[]; readonly queries: boolean };

const TREES = ['src', 'web', 'test', 'e2e', 'bench', 'demo', 'scripts'];
const QUERY_METHODS: ReadonlySet<string> = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'withTables',
]);

/** Every TypeScript file of the house. */
export function scan(root: string): SourceFile[] {
  return TREES.flatMap((tree) => listFiles(root, tree)).map((path) =>
    parseFile(path, readFileSync(join(root, path), 'utf8')),
  );
}

function listFiles(root: string, tree: string): string[] {
  return readdirSync(root, { withFileTypes: true }).some((entry) => entry.isDirectory() && entry.name === tree)
    ? readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
        .map((name) => `${tree}/${name}`)
    : [];
}

/** Reads the imports of one file from its syntax tree; a file that does not parse is an error. */
export function parseFile(path: string, source: string): SourceFile {
  const { program, module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const imports: Import[] = [];
  for (const { moduleRequest, start } of module.staticImports) {
    imports.push({ specifier: moduleRequest.value, erased: source.startsWith('import type', start) });
  }
  for (const { entries, start } of module.staticExports) {
    const specifier = entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value;
    if (specifier !== undefined) imports.push({ specifier, erased: source.startsWith('export type', start) });
  }
  let queries = imports.some(({ specifier, erased }) => !erased && (specifier === 'pg' || specifier === 'kysely'));
  new Visitor({
    ImportExpression: ({ source: from }) => {
      imports.push({ specifier: literal(from), erased: false });
    },
    TSImportType: ({ source: from }) => {
      imports.push({ specifier: from.value, erased: true });
    },
    CallExpression: ({ callee }) => {
      if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier')
        queries ||= QUERY_METHODS.has(callee.property.name);
    },
    TaggedTemplateExpression: ({ tag }) => {
      queries ||= tag.type === 'Identifier' && tag.name === 'sql';
    },
  }).visit(program);
  return { path, imports, queries };
}

function literal(node: { type: string; value?: unknown }): string | null {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}
