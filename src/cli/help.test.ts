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
/** These do not ask a server first. */
const ALONE = ['server', 'probe', 'doctor', 'token'];

/** Every command with its help, as it is typed: `page acknowledge`. */
function helps(command: Command, above = ''): { typed: string; help: string }[] {
  return command.commands.flatMap((one) => {
    const typed = `${above} ${one.name()}`.trim();
    printed.length = 0;
    one.outputHelp();
    return [{ typed, help: printed.join('') }, ...helps(one, typed)];
  });
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

const commands = helps(openSession(io).program);
const shown = new Set([...commands.flatMap(({ help }) => examplesIn(help)), ...(await examplesInManual())]);

it.each(commands)('shows in its help how it is used: $typed', ({ help }) => {
  expect(examplesIn(help).length).toBeGreaterThan(0);
});

it.each([...shown])('shows only what can be typed: %s', async (line) => {
  for (const [program, ...argv] of wordsOf(line)) {
    expect(program).toBe('allclear');
    if (ALONE.includes(argv[0] ?? '')) continue;
    printed.length = 0;
    const exitCode = await runCli(argv, io);
    // Whatever is well typed goes on until it needs a key.
    if (!argv.includes('--help')) {
      expect(printed.join('')).toMatch(/^This needs an API key/);
      expect(exitCode).toBe(EXIT.failed);
    } else expect(exitCode).toBe(EXIT.ok);
  }
});
