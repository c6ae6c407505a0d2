import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DATABASE, SUPERUSER } from './arguments.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { clusterPaths, PORT } from './paths.ts';
import { readPostmasterFile } from './postmaster-file.ts';

/**
 * How to reach the database that a server is running on a data directory right now, for commands that work beside it;
 * null when none is ready. Starts, stops and locks nothing.
 */
export async function findRunningPostgres(dataDir: string): Promise<EmbeddedPostgres['connection'] | null> {
  const directory = await realpath(resolve(dataDir)).catch(() => null);
  if (directory === null) return null;
  const found = await readPostmasterFile(clusterPaths(directory).cluster);
  return found?.isReady ? { host: found.socketDir, port: PORT, user: SUPERUSER, database: DATABASE } : null;
}
