import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, listens } from './programs.ts';

export type Nginx = { readonly end: () => Promise<void> };

/**
 * Debian's nginx in the foreground with `servers` as the body of its http block; ready once all `ports` accept connections.
 * `folder` is made before, since files that the configuration names stand in it.
 */
export async function startNginx(folder: string, servers: string, ports: readonly number[]): Promise<Nginx> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; default_type text/plain; ${temporary.join(' ')}
${servers}
}`,
  );
  const child = spawn(
    '/usr/sbin/nginx',
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    {
      stdio: 'inherit',
    },
  );
  for (const port of ports) await listens(port, child);
  return { end: () => endChild(child, folder) };
}

/** A fresh folder for a server's files, which programs of other users can read. */
export function nginxFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-nginx-'));
  chmodSync(folder, 0o755);
  return folder;
}
