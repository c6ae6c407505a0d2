import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a script of another vendor's library in a process of its own, as its users do; the script prints one JSON value.
 * `require` finds what the project has installed.
 */
export async function runForeign<Answer>(script: string, env: Readonly<Record<string, string>>): Promise<Answer> {
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '--eval', script], {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...env },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as Answer;
}
