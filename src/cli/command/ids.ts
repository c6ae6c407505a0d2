import { readText } from '../document/file.ts';
import type { Io } from '../io.ts';

/** Ids as given, each once; `-` in their place reads them from standard input. */
export async function readIds(io: Io, given: readonly string[]): Promise<string[]> {
  const read = given.includes('-') ? (await readText(io, '-')).split(/\s+/).filter(Boolean) : [];
  return [...new Set([...given.filter((id) => id !== '-'), ...read])];
}
