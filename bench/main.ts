import { readdir } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** `npm run bench -- NAME`: runs one bench in a process of its own; it prints one JSON line. Without a name, lists them. */
const names = (await readdir(import.meta.dirname))
  .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== 'main.ts' && !file.endsWith('-bed.ts'))
  .map((file) => file.replace(/\.ts$/, ''));
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  process.stderr.write(
    `${name === undefined ? 'Which one?' : `There is no bench “${name}”.`} npm run bench -- ${names.join(' | ')}\n`,
  );
  process.exit(1);
}
// With the flags that this process has, which are those of `npm start`.
const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, `${name}.ts`), ...rest], {
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
