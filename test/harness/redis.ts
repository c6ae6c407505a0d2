import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

export type Redis = { readonly port: number; readonly end: () => Promise<void> };

/** Debian's Redis on loopback, in memory only. */
export async function startRedis(password: string): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, requirepass: password };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('/usr/bin/redis-server', args, { stdio: 'ignore' });
  await listens(port, child);
  return { port, end: () => endChild(child, folder) };
}
