import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

export type MariaDb = { readonly port: number; readonly end: () => Promise<void> };

/** Debian's MariaDB on loopback with a database `shop` and a user `reader` with this password. */
export async function startMariaDb(password: string, tls?: { readonly certFile: string; readonly keyFile: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-mariadb-'));
  const port = await freePort();
  const data = join(folder, 'data');
  const install = ['--no-defaults', `--datadir=${data}`, '--skip-test-db', '--user=root'];
  const { status, stderr } = spawnSync('/usr/bin/mariadb-install-db', install, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mariadb-install-db ended with ${status}: ${stderr}`);
  const sql = `create database shop; create user reader identified by '${password}'; grant select, insert on shop.* to reader;
create table shop.item (name varchar(20)); insert into shop.item values ('lamp');
create user silent identified via ed25519 using password('x');`;
  // One statement a line, as the server wants it.
  writeFileSync(join(folder, 'init.sql'), sql.replaceAll(/;\s*/g, ';\n'));
  const args = [
    '--no-defaults',
    '--user=root',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--init-file=${join(folder, 'init.sql')}`,
    '--plugin-load-add=auth_ed25519',
    ...(tls === undefined ? [] : [`--ssl-cert=${tls.certFile}`, `--ssl-key=${tls.keyFile}`]),
  ];
  const child = spawn('/usr/sbin/mariadbd', args, { stdio: 'ignore' });
  await listens(port, child);
  return { port, end: () => endChild(child, folder) } satisfies MariaDb;
}
