import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_SECOND = 100;

/** What this process, its check engine (with what that starts) and its PostgreSQL have used. */
export type Used = { readonly server: Cost; readonly engine: Cost; readonly postgres: Cost };
/** `seconds` of CPU so far; `megabytes` resident now, where memory that processes share counts once. */
type Cost = { readonly seconds: number; readonly megabytes: number };

/** Reads it from the system, without the processes named. */
export async function readUsed(but: readonly (number | undefined)[] = []): Promise<Used> {
  const stats = new Map<number, { parent: number; name: string; seconds: number }>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const text = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const name = /\((.*)\)/.exec(text)?.[1] ?? '';
    // With its children that have ended: a connection that is closed has not given its time back.
    const seconds = sum(fields.slice(11, 15).map(Number)) / TICKS_PER_SECOND;
    stats.set(Number(entry), { parent: Number(fields[1]), name, seconds });
  }
  const sums = {
    server: { seconds: 0, megabytes: 0 },
    engine: { seconds: 0, megabytes: 0 },
    postgres: { seconds: 0, megabytes: 0 },
  };
  for (const [pid, stat] of stats) {
    if (but.includes(pid) || !descends(pid, stats)) continue;
    const part = pid === process.pid ? 'server' : stat.name.startsWith('postgres') ? 'postgres' : 'engine';
    sums[part].seconds += stat.seconds;
    sums[part].megabytes += await megabytesOf(pid);
  }
  return sums;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function megabytesOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_024;
}

function descends(pid: number, stats: ReadonlyMap<number, { parent: number }>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = stats.get(at)?.parent)
    if (at === process.pid) return true;
  return false;
}
