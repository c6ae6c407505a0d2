import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

export type Tinyproxy = { readonly url: string; readonly end: () => Promise<void> };

/** Debian's tinyproxy on loopback, which lets in whoever has the account and connects to the named ports. */
export async function startTinyproxy(
  account: { readonly user: string; readonly password: string },
  connectPorts: readonly number[],
): Promise<Tinyproxy> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-tinyproxy-'));
  const port = await freePort();
  const lines = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Timeout 60',
    'Allow 127.0.0.1',
    'LogLevel Critical',
    `LogFile "${join(folder, 'log')}"`,
    `PidFile "${join(folder, 'pid')}"`,
    `BasicAuth ${account.user} ${account.password}`,
    ...connectPorts.map((one) => `ConnectPort ${one}`),
  ];
  writeFileSync(join(folder, 'tinyproxy.conf'), `${lines.join('\n')}\n`);
  const child = spawn('/usr/bin/tinyproxy', ['-d', '-c', join(folder, 'tinyproxy.conf')], { stdio: 'ignore' });
  await listens(port, child);
  return { url: `http://127.0.0.1:${port}`, end: () => endChild(child, folder) };
}
