import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What PostgreSQL says about itself in `postmaster.pid` (source: src/include/utils/pidfile.h). */
export type PostmasterFile = { readonly pid: number; readonly socketDir: string; readonly isReady: boolean };

/** Null when the file is incomplete, as it is for a moment while a server starts. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const socketDir = lines[4];
  return Number.isInteger(pid) && pid > 0 && socketDir
    ? { pid, socketDir, isReady: lines[7]?.trim() === 'ready' }
    : null;
}

/** Null when no server has left or holds such a file in the cluster. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return parsePostmasterFile(text);
}
