import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const READER = fileURLToPath(new URL('./sqlite-reader.ts', import.meta.url));
const LONGEST_MS = 20_000;
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_HEAP_MIB = 256;

const run = promisify(execFile);
const answer = z.union([
  z.object({ tooMany: z.object({ table: z.string(), count: z.number() }) }),
  z.object({
    tables: z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))),
  }),
]);
type SqliteTables = z.output<typeof answer>;

/** The first bytes of every SQLite file. */
export const SQLITE_MAGIC = 'SQLite format 3\0';

/**
 * Some columns of some tables of an SQLite file that a stranger made, at most 20,000 characters of a value; what is not there is
 * left out. A table with more rows than are wanted of it is refused whole, with their number. It is read by a process of its own that may open nothing else, write nothing and
 * take 20 seconds. Null when the file cannot be read.
 */
export async function readSqliteTables(
  path: string,
  tables: Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: number }>>,
): Promise<SqliteTables | null> {
  const real = await realpath(path);
  const rights = ['--permission', `--allow-fs-read=${real}`, `--allow-fs-read=${READER}`];
  try {
    const { stdout } = await run(
      process.execPath,
      [
        `--max-old-space-size=${MOST_HEAP_MIB}`,
        '--disable-warning=ExperimentalWarning',
        ...rights,
        READER,
        real,
        JSON.stringify(tables),
      ],
      { timeout: LONGEST_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES, env: {} },
    );
    return answer.parse(JSON.parse(stdout));
  } catch {
    return null;
  }
}
