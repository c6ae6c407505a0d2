import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { EXIT, type Io } from './io.ts';
import { openSession, runCli } from './program.ts';

const printed: string[] = [];
const io: Io = {
  version: '1.2.3',
  env: {},
  out: (text) => void printed.push(text),
  err: (text) => void printed.push(text),
  stdin: () => Promise.resolve(''),
  fetch: () => Promise.reject(new Error('nothing is asked here')),
  now: () => new Date('2026-11-25T10:00:00Z'),
};

/** Every command as it is typed, `page acknowledge`. */
function paths(command: Command, above: readonly string[] = []): string[][] {
  return command.commands.flatMap((one) => [[...above, one.name()], ...paths(one, [...above, one.name()])]);
}
const commands = paths(openSession(io).program);

async function helpOf(path: readonly string[]): Promise<string> {
  printed.length = 0;
  expect(await runCli([...path, '--help'], io)).toBe(EXIT.ok);
  return printed.join('');
}

/** The command lines that a help shows as examples. */
function examplesIn(help: string): string[] {
  const [, after = ''] = help.split('Examples:\n');
  return (after.split('\n\n', 1)[0] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Those that the manual shows, without what is said beside them. */
async function examplesInManual(): Promise<string[]> {
  const manual = await readFile(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
  const blocks = [...manual.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.trim().split('\n')).map((line) => line.replace(/ +# .*$/, ''));
}

/** What a shell makes of a line: words, `"quoted ones"`, and each part of a pipe; where the output goes is left out. */
function wordsOf(line: string): string[][] {
  return line.split(' | ').map((part) => {
    const [typed = ''] = part.split(' > ');
    return [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  });
}

it.each(commands.map((path) => path.join(' ')))('shows in its help how it is used: %s', async (typed) => {
  expect(examplesIn(await helpOf(typed.split(' '))).length).toBeGreaterThan(0);
});

it('shows only what can be typed', async () => {
  // These do not ask a server first.
  const alone = ['server', 'doctor', 'token'];
  const lines = new Set(await examplesInManual());
  for (const path of commands) for (const line of examplesIn(await helpOf(path))) lines.add(line);
  expect(lines.size).toBeGreaterThan(commands.length / 2);
  const refused: string[] = [];
  for (const words of [...lines].flatMap(wordsOf)) {
    const [program, ...argv] = words;
    expect(program).toBe('allclear');
    if (alone.includes(argv[0] ?? '') || argv.includes('--help')) continue;
    printed.length = 0;
    // Whatever is well typed goes on until it needs a key.
    const exitCode = await runCli(argv, io);
    if (exitCode !== EXIT.failed || !printed.join('').startsWith('This needs an API key'))
      refused.push(words.join(' '));
  }
  expect(refused).toEqual([]);
});
