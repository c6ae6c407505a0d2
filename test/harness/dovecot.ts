import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';
import { freePort } from './server-process.ts';

export type Dovecot = {
  readonly ports: { readonly imap: number; readonly imaps: number; readonly pop3: number; readonly pop3s: number };
  readonly end: () => Promise<void>;
};

/** Debian's Dovecot on loopback with IMAP and POP3; nobody has a mailbox. */
export async function startDovecot({ certFile, keyFile }: { readonly certFile: string; readonly keyFile: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-dovecot-'));
  chmodSync(folder, 0o755);
  const ports = { imap: await freePort(), imaps: await freePort(), pop3: await freePort(), pop3s: await freePort() };
  const listener = (name: 'imap' | 'imaps' | 'pop3' | 'pop3s') =>
    `inet_listener ${name} {\n port = ${ports[name]}\n ssl = ${name.endsWith('s') ? 'yes' : 'no'}\n }`;
  const config = `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certFile}
ssl_key = <${keyFile}
mail_location = maildir:${folder}/mail
passdb {
 driver = static
 args = nopassword=y
}
service imap-login {
 ${listener('imap')}
 ${listener('imaps')}
}
service pop3-login {
 ${listener('pop3')}
 ${listener('pop3s')}
}
`;
  const file = join(folder, 'dovecot.conf');
  writeFileSync(file, config);
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', file], { stdio: 'ignore' });
  for (const port of Object.values(ports)) await listens(port, child);
  return { ports, end: () => endChild(child, folder) } satisfies Dovecot;
}
