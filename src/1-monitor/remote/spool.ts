import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireResult } from '../location/probe-wire.ts';

const AT_ONCE = { results: 500, bytes: 4_000_000 };
const NAME = /^(\d{15})-(\d+)\.json$/;

/**
 * What could not be handed in, on disk: a file a batch, in the order in which they came. What stands there survives a
 * kill; a file that is half written is not there. When it is full, the oldest goes.
 */
export interface Spool {
  /** Resolves when it would survive a kill. */
  readonly append: (results: readonly WireResult[]) => Promise<void>;
  /** The oldest, as many as go in one message where they are small; null = nothing stands there. */
  readonly oldest: () => Promise<{ readonly names: readonly string[]; readonly results: readonly WireResult[] } | null>;
  readonly drop: (names: readonly string[]) => Promise<void>;
  /** Results that stand there. */
  readonly size: () => number;
  /** Results given up since the start, because its part of the disk was full or a file could not be read. */
  readonly dropped: () => number;
}

/** `maxBytes`: how much of the disk it may fill; `onGivenUp` hears of each file that had to go. */
export async function openSpool(
  folder: string,
  maxBytes: number,
  onGivenUp: (results: number, why: 'full' | 'unreadable') => void,
): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseForeign(folder);
  const files = new Map<string, { readonly results: number; readonly bytes: number }>();
  for (const name of (await readdir(folder)).toSorted()) {
    const results = NAME.exec(name)?.[2];
    if (results !== undefined)
      files.set(name, { results: Number(results), bytes: (await stat(join(folder, name))).size });
    else if (name.endsWith('.part')) await rm(join(folder, name), { force: true });
  }
  let lastMs = Number([...files.keys()].at(-1)?.slice(0, 15) ?? 0);
  let dropped = 0;
  const total = (pick: (file: { results: number; bytes: number }) => number) =>
    [...files.values()].reduce((sum, file) => sum + pick(file), 0);

  async function drop(names: readonly string[]): Promise<void> {
    for (const name of names) {
      files.delete(name);
      await rm(join(folder, name), { force: true });
    }
  }
  /** The results go with their file, and somebody should know. */
  async function giveUp(name: string, why: 'full' | 'unreadable'): Promise<void> {
    const results = files.get(name)?.results ?? 0;
    dropped += results;
    await drop([name]);
    onGivenUp(results, why);
  }

  return {
    size: () => total(({ results }) => results),
    dropped: () => dropped,
    drop,
    async append(results) {
      // The name is the order: never the same twice, even when the clock goes back.
      lastMs = Math.max(lastMs + 1, Date.now());
      const name = `${String(lastMs).padStart(15, '0')}-${results.length}.json`;
      const bytes = Buffer.from(JSON.stringify(results));
      await writeWhole(join(folder, name), bytes);
      files.set(name, { results: results.length, bytes: bytes.length });
      while (total((file) => file.bytes) > maxBytes && files.size > 1) {
        const [oldest] = files.keys();
        if (oldest !== undefined) await giveUp(oldest, 'full');
      }
    },
    async oldest() {
      const names: string[] = [];
      const results: WireResult[] = [];
      let bytes = 0;
      for (const [name, file] of files) {
        const more = results.length + file.results > AT_ONCE.results || bytes + file.bytes > AT_ONCE.bytes;
        if (names.length > 0 && more) break;
        try {
          results.push(...resultsIn(await readFile(join(folder, name), 'utf8')));
          names.push(name);
          bytes += file.bytes;
        } catch {
          // Nobody can read it any more; what stands behind it must not wait.
          await giveUp(name, 'unreadable');
        }
      }
      return names.length === 0 ? null : { names, results };
    },
  };
}

/** Whoever may write there could put results into it that nobody found. */
async function refuseForeign(folder: string): Promise<void> {
  const own = process.getuid?.();
  if (own === undefined) return;
  const { uid, mode } = await stat(folder);
  if (uid !== own) throw new Error(`${folder} belongs to another user: name a folder of your own for the results`);
  if ((mode & 0o022) !== 0) throw new Error(`${folder} can be written by other users: chmod 700 ${folder}`);
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    // The disk is full: what is half written must not keep its place.
    await rm(part, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** Of a file that this or an older version wrote; what they hold the server judges. Throws for any other. */
function resultsIn(text: string): WireResult[] {
  const results: unknown = JSON.parse(text);
  if (!Array.isArray(results) || !results.every((one) => typeof one?.monitorId === 'string'))
    throw new TypeError('no results');
  return results as WireResult[];
}
