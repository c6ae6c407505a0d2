import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..', '..');
const READY_MS = 60_000;

export type ServerProcess = {
  readonly pid: number;
  readonly url: string;
  /** Lines on standard output so far. */
  readonly lines: readonly string[];
  readonly exited: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
};

/**
 * A real server in a process of its own; resolves when it says that it is ready. It serves the dashboard where
 * ALLCLEAR_TEST_DASHBOARD names its built folder.
 */
export async function spawnServer(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'test', 'harness', 'server-main.ts')], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      ALLCLEAR_LOG_LEVEL: 'error',
      // Types are stripped once for all starts: a third of the time that a start takes.
      NODE_COMPILE_CACHE: join(ROOT, '.scratch', 'compiled'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server was not ready in ${READY_MS} ms: ${lines.join('\n')}`));
    }, READY_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const ready = /^ready on (\S+)$/.exec(line)?.[1];
      if (ready === undefined) return;
      clearTimeout(timer);
      resolve(ready);
    });
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code}: ${[...lines, ...errors].join('\n')}`));
    });
  });
  return { pid: child.pid ?? 0, url, lines, exited, kill: (signal) => end(child, signal, exited) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<number | null>) {
  child.kill(signal);
  await exited;
}

/** The process id of the embedded PostgreSQL of a data directory. */
export function postgresPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
