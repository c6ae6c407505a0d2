import { constants } from 'node:fs';
import { copyFile, open, stat, truncate } from 'node:fs/promises';

const LARGEST_BYTES = 8 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;

/**
 * Keeps the server's log below twice the bound: what was written moves to `….1`. The server appends to a file that it was
 * handed open, also while nobody supervises it, so the file is emptied rather than renamed.
 */
export async function boundLog(path: string, largestBytes = LARGEST_BYTES): Promise<void> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size <= largestBytes) return;
  await copyFile(path, `${path}.1`);
  await truncate(path);
}

/** Bounds the log now and every minute; returns the way to stop. */
export function keepLogBounded(path: string): () => void {
  const check = () => void boundLog(path).catch(() => undefined);
  check();
  const timer = setInterval(check, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Opens the log for appending, readable by its owner only: it can hold pieces of queries. */
export function openLog(path: string) {
  return open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
}

/** What was written to the log from an offset on, at most the last 16 KiB. */
export async function readLogFrom(path: string, offset: number): Promise<string> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(size < offset ? 0 : offset, size - 16_384);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
