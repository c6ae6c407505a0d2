import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server-process.ts';

const BIN = '/usr/lib/postgresql/15/bin';

/** Why Debian's PostgreSQL 15 cannot be run here; null when it can. */
export function whyNoDebianPostgres(): string | null {
  if (!existsSync(join(BIN, 'initdb'))) return 'PostgreSQL 15 is not installed (apt-get install postgresql-15)';
  return process.getuid?.() === 0 ? null : 'starting it as the user postgres needs root';
}

export type DebianPostgres = {
  /** For DATABASE_URL: an empty database. */
  readonly url: string;
  /** `fast`: every session is ended; `immediate`: as after a power cut. */
  readonly restart: (mode: 'fast' | 'immediate') => void;
  readonly stop: () => void;
};

/** A cluster of one's own of Debian's PostgreSQL 15, on loopback, run by the user postgres. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'allclear-pg15-'));
  const port = await freePort();
  const data = join(dir, 'data');
  const asPostgres = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      'setpriv',
      ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(BIN, command), ...args],
      {
        cwd: dir,
        encoding: 'utf8',
        // A server that goes on would hold the pipes open.
        stdio: command === 'pg_ctl' ? 'ignore' : 'pipe',
        env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
      },
    );
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  };
  spawnSync('chown', ['postgres:postgres', dir]);
  asPostgres('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync');
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100`;
  const control = (...args: string[]) =>
    asPostgres('pg_ctl', '-D', data, '-w', '-t', '60', '-l', join(dir, 'log'), ...args);
  control('-o', options, 'start');
  asPostgres('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', 'allclear');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/allclear`,
    restart: (mode) => control('-m', mode, '-o', options, 'restart'),
    stop() {
      control('-m', 'immediate', 'stop');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
