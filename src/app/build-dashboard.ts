import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { AppError } from '#kernel/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DASHBOARD_DIR = join(ROOT, 'web', 'dist');

/**
 * Builds the dashboard when its sources changed since the last build (names, sizes and times of `web/`, the contracts
 * and the lock file). Calls `say` with progress; a failed build is a clear error with the tool's last lines.
 */
export async function buildDashboard(say: (line: string) => void, dir: string = DASHBOARD_DIR): Promise<string> {
  const stamp = join(dir, '.stamp');
  const wanted = await fingerprint();
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === wanted) return dir;
  say('dashboard  building, once per version (about 5 s) …');
  const startedAt = Date.now();
  await run(process.execPath, [
    join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    join(ROOT, 'web', 'vite.config.ts'),
    '--outDir',
    dir,
    '--logLevel',
    'warn',
  ]);
  await mkdir(dir, { recursive: true });
  await writeFile(stamp, wanted);
  say(`dashboard  built in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  return dir;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['web', 'src']) {
    const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
    const inputs = files.filter(
      (path) => !path.startsWith(DASHBOARD_DIR) && (folder === 'web' || !path.endsWith('.test.ts')),
    );
    for (const path of inputs.toSorted()) {
      const { size, mtimeMs } = await stat(path);
      hash.update(`${relative(ROOT, path)} ${size} ${mtimeMs}\n`);
    }
  }
  hash.update(await readFile(join(ROOT, 'package.json')));
  return hash.digest('hex');
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Whatever the surroundings are, what people are served is the production build.
      env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new AppError('unavailable', `The dashboard could not be built:\n${output}`)),
    );
  });
}
