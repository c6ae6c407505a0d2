import { open } from 'node:fs/promises';
import { type ConfigFile, KUMA_LINKS, KUMA_ROWS, kumaWanted } from '#monitor/contract';
import { readSqliteTables, SQLITE_MAGIC } from '#platform/sqlite-tables.ts';
import { CommandError } from '../io.ts';

/** Whether a file is an SQLite database; false for what cannot be read. */
export async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(SQLITE_MAGIC.length), 0, SQLITE_MAGIC.length, 0);
    return buffer.toString('latin1') === SQLITE_MAGIC;
  } finally {
    await file.close();
  }
}

/** What a database of Uptime Kuma says of its monitors. It is read here, since its history may be large: that stays behind. */
export async function readKumaDatabase(path: string): Promise<ConfigFile> {
  const read = await readSqliteTables(path, kumaWanted);
  if (read !== null && 'tooMany' in read) {
    const { table, count } = read.tooMany;
    throw new CommandError(`${path} has ${count} rows of ${table}; ${KUMA_LINKS[table] ?? KUMA_ROWS} are the most.`);
  }
  const tables = read?.tables;
  if (tables?.['monitor'] === undefined)
    throw new CommandError(
      `${path} has no monitors of Uptime Kuma that can be read. Stop it, and copy kuma.db once more.`,
    );
  return { name: 'kuma.db', text: JSON.stringify(tables) };
}
