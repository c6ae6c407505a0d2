import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AppError } from '#kernel/errors.ts';
import { diskFull, errorCode, notWritable, startupError } from './failure.ts';

export type DataDirectoryLock = {
  /** The directory without symlinks, made if it was not there. */
  readonly directory: string;
  /** Gives the directory free; doing it twice does no harm. */
  readonly release: () => void;
};

const holderFile = z.object({ pid: z.number(), host: z.string(), since: z.string() });

/** A lock lasts as long as its handle; held here so that it is not collected with a result that nobody kept. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data directory for this process alone, until `release` or the end of the process, however it ends. Refuses when
 * another live server holds it, and when the directory cannot be written, each with a sentence that says what to do.
 *
 * The lock is the one that SQLite puts on a file (POSIX advisory, fcntl(2)), the only file lock that Node can take: the
 * kernel drops it with the process, so there are no stale locks, no race to take one over, and no guessing by process
 * ids, which mean nothing between two containers that share a volume. What SQLite would store is never written.
 */
export function lockDataDirectory(dataDir: string): DataDirectoryLock {
  const directory = makeDirectory(resolve(dataDir));
  const holderPath = join(directory, 'server.json');
  const handle = takeLock(join(directory, 'server.lock'), directory, holderPath);
  held.add(handle);
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    writeFileSync(holderPath, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    free(handle);
    throw explain(error, directory);
  }
  return {
    directory,
    release: () => {
      if (!held.has(handle)) return;
      rmSync(holderPath, { force: true });
      free(handle);
    },
  };
}

function free(handle: DatabaseSync): void {
  held.delete(handle);
  handle.close();
}

function makeDirectory(path: string): string {
  try {
    const made = mkdirSync(path, { recursive: true });
    // Root lets PostgreSQL's user pass, not look; everything in it that is secret has a mode of its own.
    if (made !== undefined) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    return realpathSync(path);
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(errorCode(error))) {
      throw startupError(
        `The data directory ${path} is a file or lies below one. Set ALLCLEAR_DATA_DIR to a directory.`,
        error,
      );
    }
    // What mkdir says when a folder above cannot be made, as on a read-only disk.
    if (errorCode(error) === 'ENOENT') throw startupError(notWritable(path), error);
    throw explain(error, path);
  }
}

/** SQLite's result codes (sqlite.org/rescode.html) that say more than that it failed. */
const BUSY = 5;
const UNWRITABLE: readonly number[] = [3, 8, 14, 23];
const FULL = 13;

function takeLock(path: string, directory: string, holderPath: string): DatabaseSync {
  let handle: DatabaseSync | undefined;
  try {
    makeLockFile(path);
    handle = new DatabaseSync(path, { timeout: 0 });
    handle.exec('pragma journal_mode = off');
    handle.exec('begin exclusive');
    return handle;
  } catch (error) {
    handle?.close();
    const result = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
    if (result === BUSY) throw heldByAnother(directory, holderPath);
    if (UNWRITABLE.includes(result)) throw startupError(notWritable(directory), error);
    if (result === FULL) throw startupError(diskFull(directory), error);
    throw explain(error, directory);
  }
}

/**
 * Closed to other users, who could otherwise hold the lock by reading. `wx` never opens a file that is there: closing a
 * second descriptor would drop the lock that this process may hold, see fcntl(2).
 */
function makeLockFile(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function heldByAnother(directory: string, holderPath: string): AppError {
  const holder = readHolder(holderPath);
  const who =
    holder === null
      ? ''
      : ` (process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}, since ${holder.since})`;
  const stop = holder === null ? 'Stop it first' : `Stop it first (kill ${holder.pid})`;
  return startupError(
    `Another Allclear server${who} is using the data directory ${directory}. ${stop}, or start this one with ALLCLEAR_DATA_DIR set to another directory.`,
  );
}

/** Null in the moment between another's lock and its note, and when the note is unreadable. */
function readHolder(path: string): z.infer<typeof holderFile> | null {
  try {
    return holderFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function explain(error: unknown, directory: string): AppError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return startupError(diskFull(directory), error);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return startupError(notWritable(directory), error);
  return startupError(
    `The data directory ${directory} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    error,
  );
}
