import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server-process.ts';
import { endChild, listens } from './programs.ts';

export type Unbound = { readonly server: string; readonly end: () => Promise<void> };

/** Debian's unbound on loopback, which serves the given records; names of `broken.test` get SERVFAIL. */
export async function startUnbound(records: readonly string[]): Promise<Unbound> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-unbound-'));
  const port = await freePort();
  const config = `
server:
  interface: 127.0.0.1
  port: ${port}
  do-daemonize: no
  use-syslog: no
  logfile: ""
  verbosity: 0
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  module-config: "iterator"
  access-control: 127.0.0.0/8 allow
  local-zone: "test." transparent
  local-zone: "example.test." static
  local-zone: "refused.test." refuse
  local-zone: "2.0.192.in-addr.arpa." static
${records.map((record) => `  local-data: '${record}'`).join('\n')}
forward-zone:
  name: "broken.test."
  forward-addr: 127.0.0.1@1
remote-control:
  control-enable: no
`;
  writeFileSync(join(folder, 'unbound.conf'), config);
  const child = spawn('/usr/sbin/unbound', ['-d', '-c', join(folder, 'unbound.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await listens(port, child);
  return { server: `127.0.0.1:${port}`, end: () => endChild(child, folder) };
}
