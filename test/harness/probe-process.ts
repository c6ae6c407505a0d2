import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '..', '..', 'bin', 'allclear');

/** `allclear probe` as somebody would run it on another machine. `folder`: where results wait. */
export function spawnProbe(server: string, token: string, folder: string, more: readonly string[] = []): ChildProcess {
  return spawn(COMMAND, ['probe', '--server', server, '--folder', folder, ...more], {
    env: { PATH: process.env['PATH'] ?? '', ALLCLEAR_PROBE_TOKEN: token },
    stdio: 'ignore',
  });
}

/** The files in which results wait, and how many those are. */
export function waitingIn(folder: string): { readonly names: readonly string[]; readonly results: number } {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const results = names.reduce((sum, name) => sum + Number(/-(\d+)\.json$/.exec(name)?.[1] ?? 0), 0);
  return { names, results };
}
