import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { AppError, invalid } from '#kernel/errors.ts';
import { readSqliteTables, SQLITE_MAGIC } from '#platform/sqlite-tables.ts';
import type { ConfigFile } from '../config/contract.ts';
import { isPlainMap, readYaml } from '../config/read-yaml.ts';
import { blackboxFile, moveBlackbox } from './blackbox.ts';
import { checklyFile, moveCheckly } from './checkly.ts';
import { KUMA_LINKS, KUMA_ROWS, KUMA_TABLES, kumaWanted, type Moved, type MovingTool } from './contract.ts';
import { Turns } from './turns.ts';
import { MOST_THINGS, oneLine } from './draft.ts';
import { moveOpenStatus, openStatusFile } from './openstatus.ts';
import { type KumaTables, tablesOfBackup } from './kuma-tables.ts';
import { moveKuma } from './uptime-kuma.ts';

type Asked = {
  readonly tool?: MovingTool | undefined;
  readonly files: readonly ConfigFile[];
  readonly database?: string | undefined;
  readonly set?: string | undefined;
};

/** A conversion keeps this process busy, and a database one of its own beside it. */
const turns = new Turns(1, 4);

/** What the configuration of another tool becomes here. Refuses what cannot be read, by its place. Stores nothing. */
export function moveMonitoring(asked: Asked, now: Date): Promise<Moved> {
  return turns.take(() => convert(asked, now));
}

async function convert(asked: Asked, now: Date): Promise<Moved> {
  const set = asked.set ?? asked.tool;
  if (asked.database !== undefined) return moveKuma(await readDatabase(asked.database), set ?? 'uptime-kuma', now);
  const documents = asked.files.map((file) => ({ file, value: readFile(file) }));
  for (const { file, value } of documents) refuseLarge(value, file.name);
  const [first] = documents;
  if (first === undefined) throw invalid('body.files', 'hand in a file, or the database');
  const tool = asked.tool ?? toolOf(first.value);
  if (tool === null) throw invalid('body.tool', 'cannot be told from the files; say which tool they come from');
  const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown) => parseFile(schema, value, first.file);
  switch (tool) {
    case 'uptime-kuma': {
      const tables =
        isPlainMap(first.value) && 'monitor' in first.value ? tablesOf(first.value) : tablesOfBackup(first.value);
      if (tables === null)
        throw invalid(
          'body.files',
          `${first.file.name} is no backup of Uptime Kuma; hand in kuma.db, or the backup of version 1`,
        );
      return moveKuma(tables, set ?? tool, now);
    }
    case 'openstatus':
      return moveOpenStatus(parse(openStatusFile, first.value), set ?? tool);
    case 'checkly':
      return moveCheckly(parse(checklyFile, first.value), set ?? tool);
    case 'blackbox':
      return moveBlackbox(parse(blackboxFile, Object.assign({}, ...documents.map(({ value }) => value))), set ?? tool);
    default:
      return tool satisfies never;
  }
}

function readFile({ name, text }: ConfigFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // YAML, then.
  }
  // Braces of theirs are no variables of ours.
  const { value, faults } = readYaml(
    text.replaceAll('${', () => '$${'),
    {},
  );
  const [fault] = faults;
  if (fault) throw invalid('body.files', `${name}:${fault.line} ${fault.path.join('.')} ${fault.message}`);
  return value;
}

/** No list is longer than what is moved at once, and all of it is not too much: before anything is made of it. */
function refuseLarge(document: unknown, name: string): void {
  const waiting: { readonly value: unknown; readonly label: string }[] = [{ value: document, label: 'the file' }];
  let values = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, label } = next;
    if (value === null || typeof value !== 'object') continue;
    const entries = Object.entries(value);
    const most = KUMA_LINKS[label] ?? MOST_THINGS;
    if (entries.length > most)
      throw invalid('body.files', `${name}: ${label} has ${entries.length} entries; ${most} are the most at once`);
    values += entries.length;
    if (values > MOST_VALUES)
      throw invalid('body.files', `${name} has more than ${MOST_VALUES} values; hand it in in parts`);
    for (const [key, inner] of entries)
      if (inner !== null && typeof inner === 'object')
        waiting.push({ value: inner, label: Array.isArray(value) ? label : oneLine(key, 60) });
  }
}
const MOST_VALUES = 500_000;

function parseFile<Schema extends z.ZodType>(schema: Schema, value: unknown, { name }: ConfigFile): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: ['body.files', ...path].join('.'), message }));
  throw new AppError(
    'invalid',
    `${name} is not what it should be: ${errors[0]?.path.replace('body.files.', '')} ${errors[0]?.message}`,
    { errors },
  );
}

function toolOf(value: unknown): MovingTool | null {
  if (Array.isArray(value)) return 'checkly';
  if (!isPlainMap(value)) return null;
  if ('monitorList' in value || 'monitor' in value) return 'uptime-kuma';
  if ('modules' in value || 'scrape_configs' in value) return 'blackbox';
  if ('checks' in value || 'resources' in value) return 'checkly';
  const looksAlike = Object.values(value).some((one) => isPlainMap(one) && 'request' in one && 'frequency' in one);
  return looksAlike ? 'openstatus' : null;
}

const tablesOf = (value: Record<string, unknown>): KumaTables =>
  Object.fromEntries(
    Object.keys(KUMA_TABLES).map((name) => [name, Array.isArray(value[name]) ? value[name].filter(isPlainMap) : []]),
  );

/** A database lies in a folder of its own only while it is read. */
async function readDatabase(base64: string): Promise<KumaTables> {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.subarray(0, 16).toString('latin1') !== SQLITE_MAGIC)
    throw invalid('body.database', 'is no SQLite database; hand in kuma.db');
  const folder = await mkdtemp(join(tmpdir(), 'allclear-moving-'));
  try {
    const path = join(folder, 'kuma.db');
    await writeFile(path, bytes);
    const read = await readSqliteTables(path, kumaWanted);
    if (read !== null && 'tooMany' in read) {
      const { table, count } = read.tooMany;
      throw invalid('body.database', `has ${count} rows of ${table}; ${KUMA_LINKS[table] ?? KUMA_ROWS} are the most`);
    }
    const tables = read?.tables;
    if (tables?.['monitor'] === undefined)
      throw invalid(
        'body.database',
        'has no monitors of Uptime Kuma that can be read; stop it, and copy kuma.db once more',
      );
    return tables;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
