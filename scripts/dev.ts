import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** `npm run dev`: the server, restarted when its sources change, and the dashboard with hot reload in front of it. */
const root = join(import.meta.dirname, '..');
const server = spawn(process.execPath, ['--watch-path=src', '--watch-preserve-output', 'src/app/start.ts'], {
  cwd: root,
  stdio: 'inherit',
});
const dashboard = spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts'], {
  cwd: root,
  stdio: 'inherit',
});

const children = [server, dashboard];
for (const child of children) child.on('exit', () => end());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());

function end() {
  for (const child of children) child.kill('SIGTERM');
}
