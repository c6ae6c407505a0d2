import vm from 'node:vm';
import { CALLS, LOCATOR_MAKERS, LOCATOR_MATCHERS, PAGE_MATCHERS } from './calls.ts';
import { disarm } from './disarm.ts';
import type { ToScript } from './messages.ts';
import { begin, type Begun } from './prelude/begin.ts';
import * as bridge from './prelude/bridge.ts';
import * as expecting from './prelude/expect.ts';
import * as page from './prelude/page.ts';
import * as tests from './prelude/tests.ts';

/**
 * The process of a journey's script. It is started with Node's permission model, which takes files, sockets, programs,
 * threads and addons from it, with an empty environment and little memory. The script runs in a realm of its own, where
 * no object of ours can be reached; and what the permission model leaves (signals to other processes, databases in
 * files, native calls) is removed from this one before the script's text arrives. Only the two pipes lead out.
 */
const account = process.argv[2];
if (account !== undefined && process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(Number(account));
  process.setuid?.(Number(account));
}

type Lines = (line: string) => void;

const write = process.stdout.write.bind(process.stdout);
const exit = process.exit.bind(process);
disarm();

let begun: Begun | null = null;
process.stdin.on('data', linesOf(onLine));
process.stdin.on('end', () => exit(0));
process.on('uncaughtException', (error) => begun?.fail(error));
process.on('unhandledRejection', (reason) => begun?.fail(reason));

function onLine(line: string): void {
  if (begun !== null) return begun.receive(line);
  const message = JSON.parse(line) as ToScript;
  if (message.type !== 'run') return;
  begun = prepare(message.source, message.secrets);
  begun.run();
}

function prepare(source: string, secrets: Readonly<Record<string, string>>): Begun {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
  const own = [...Object.values(bridge), ...Object.values(page), ...Object.values(expecting), ...Object.values(tests)];
  // As text, so that they belong to the realm of the script and lead to nothing of this one.
  const prelude = new vm.Script(`'use strict'; ${[...own, begin].map(String).join('\n')}; begin`);
  const start = prelude.runInContext(context) as typeof begin;
  const post = bare((text: unknown) => {
    if (typeof text === 'string') write(`${text}\n`);
  });
  const later = bare((timer: unknown, milliseconds: unknown) => {
    if (typeof timer === 'number' && typeof milliseconds === 'number')
      setTimeout(() => begun?.fire(timer), milliseconds);
  });
  const catalogue = {
    calls: CALLS,
    makers: LOCATOR_MAKERS,
    pageMatchers: PAGE_MATCHERS,
    locatorMatchers: LOCATOR_MATCHERS,
  };
  const started = start(post, later, JSON.stringify({ catalogue, secrets }));
  new vm.Script(source, { filename: 'journey.js' }).runInContext(context);
  return started;
}

/** Without a prototype, a function has no constructor to be made use of. */
function bare<Call extends (...args: never[]) => void>(call: Call): Call {
  Object.setPrototypeOf(call, null);
  return Object.freeze(call);
}

/** A line as long as it likes: what we are told comes from the driver. */
function linesOf(take: Lines): (chunk: Buffer) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') take(part);
  };
}
