import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';

const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
// Whoever read us (`head`, a pager) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // An end of the input is no answer.
  const answer = await Promise.race([
    lines.question(question),
    new Promise<string>((end) => lines.once('close', () => end(''))),
  ]);
  lines.close();
  return answer;
}

const argv = process.argv.slice(2);
const run = argv[0] === 'probe' ? (await import('./program/probe.ts')).runProbe : (await import('./program.ts')).runCli;
const exitCode = await run(argv, {
  version,
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  stdin: () => text(process.stdin),
  fetch: globalThis.fetch.bind(globalThis),
  now: () => new Date(),
  colours: process.stdout.isTTY && !process.env['NO_COLOR'],
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
});
// A server goes on until a signal ends it.
if (exitCode !== null) process.exitCode = exitCode;
