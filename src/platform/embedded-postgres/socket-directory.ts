import { chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode, startupError } from './failure.ts';
import type { Account } from './launcher.ts';
import { type ClusterPaths, fitsSocketPath, socketFile } from './paths.ts';

/**
 * Makes the folder of the server's socket: short, named after the data directory, and closed to everybody but the owner,
 * since whoever reaches the socket is let in. A folder of that name that somebody else has put there is not used. `keep`
 * is the path of an earlier start, taken again when it can be.
 */
export async function makeSocketDirectory(
  paths: ClusterPaths,
  owner: Account | undefined,
  keep?: string,
): Promise<string> {
  if (keep !== undefined && (await claim(keep, owner)) === keep) return own(keep, owner);
  const places = [...new Set(['/tmp', tmpdir(), '/dev/shm', paths.dataDir])];
  for (const place of places) {
    const wanted = join(place, paths.name);
    if (!fitsSocketPath(`${wanted}-XXXXXX`)) continue;
    const made = (await claim(wanted, owner)) ?? (await elsewhere(`${wanted}-`));
    if (made !== null) return own(made, owner);
  }
  throw startupError(
    `No folder for the database's socket can be made in ${places.join(', ')}. Make /tmp writable, or set TMPDIR to a short path that is.`,
  );
}

/**
 * Removes what a killed server left in the folder. PostgreSQL would do so itself, were it not that a dead process which
 * nobody has reaped looks alive to it.
 */
export async function clearSocket(socketDir: string): Promise<void> {
  await rm(socketFile(socketDir), { force: true });
  await rm(`${socketFile(socketDir)}.lock`, { force: true });
}

async function own(path: string, owner: Account | undefined): Promise<string> {
  if (owner) await chown(path, owner.uid, owner.gid);
  return path;
}

async function claim(path: string, owner: Account | undefined): Promise<string | null> {
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return null;
  }
  const found = await lstat(path);
  const ours = [process.getuid?.(), owner?.uid].includes(found.uid);
  return ours && found.isDirectory() && (found.mode & 0o077) === 0 ? path : null;
}

/** Made with mode 0700 and a name that nobody can foresee. */
async function elsewhere(prefix: string): Promise<string | null> {
  return mkdtemp(prefix).catch(() => null);
}
