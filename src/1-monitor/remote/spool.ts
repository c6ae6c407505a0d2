import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WireResult } from '../location/probe-wire.ts';

const NAME = /^(\d{15})-(\d+)\.json$/;
const shape = z.array(z.looseObject({ monitorId: z.string() }));

/**
 * What could not be handed in, on disk: a file a batch, in the order in which they came. What stands there survives a
 * kill; a file that is half written is not there. When it is full, the oldest goes.
 */
export interface Spool {
  /** Resolves when it would survive a kill. */
  readonly append: (results: readonly WireResult[]) => Promise<void>;
  /** The oldest batch, or null. */
  readonly oldest: () => Promise<{ readonly name: string; readonly results: WireResult[] } | null>;
  readonly drop: (name: string) => Promise<void>;
  /** Results that stand there. */
  readonly size: () => number;
  /** Results given up because the disk was full. */
  readonly dropped: () => number;
}

/** `maxBytes`: how much of the disk it may fill. */
export async function openSpool(folder: string, maxBytes: number): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
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

  async function drop(name: string): Promise<void> {
    files.delete(name);
    await rm(join(folder, name), { force: true });
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
        if (oldest === undefined) return;
        dropped += files.get(oldest)?.results ?? 0;
        await drop(oldest);
      }
    },
    async oldest() {
      for (const name of files.keys()) {
        try {
          return { name, results: shape.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))) as WireResult[] };
        } catch {
          // Nobody can read it any more; what stands behind it must not wait.
          dropped += files.get(name)?.results ?? 0;
          await drop(name);
        }
      }
      return null;
    },
  };
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}
