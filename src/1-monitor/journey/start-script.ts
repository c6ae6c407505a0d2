import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DRIVER_LIMITS } from './driver-wire.ts';
import type { FromScript, ToScript } from './messages.ts';
import { readMessage } from './read-message.ts';

const ENTRY = fileURLToPath(new URL('./script-process.ts', import.meta.url));
/** Its own files, and what says that they are modules. */
const READABLE = [
  fileURLToPath(new URL('./*', import.meta.url)),
  fileURLToPath(new URL('../../../package.json', import.meta.url)),
];

/** Node's permission model, and what else can be taken from a process before it begins. */
export const SCRIPT_FLAGS: readonly string[] = [
  '--permission',
  ...READABLE.map((path) => `--allow-fs-read=${path}`),
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--no-addons',
  '--no-warnings',
  `--max-old-space-size=${DRIVER_LIMITS.scriptHeapMb}`,
];

export interface RunningScript {
  readonly say: (message: ToScript) => void;
  readonly kill: () => void;
}

export interface ScriptEars {
  readonly hear: (message: FromScript) => void;
  /** It ended by itself, or said what it must not; why, for people. */
  readonly gone: (why: string) => void;
}

/** Starts the process of a script: no files, no network, no programs, nothing in its environment. */
export function startScript(account: number | null, ears: ScriptEars): RunningScript {
  const child = spawn(process.execPath, [...SCRIPT_FLAGS, ENTRY, ...(account === null ? [] : [String(account)])], {
    env: {},
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let rest = '';
  const decoder = new TextDecoder();
  let over = false;
  const stop = (why: string) => {
    if (over) return;
    over = true;
    child.kill('SIGKILL');
    ears.gone(why);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > DRIVER_LIMITS.lineBytes) return stop('the script said more at once than it may');
    for (const part of parts) {
      if (over) return;
      const message = readMessage(part);
      if (message === null) return stop('the script said what no journey says');
      ears.hear(message);
    }
  });
  child.on('error', (error) => stop(`the script could not be started: ${error.message}`));
  child.stdin.on('error', () => undefined);
  child.once('exit', (code, signal) => {
    const memory = signal === 'SIGABRT' || code === 134 || signal === 'SIGTRAP';
    stop(
      memory
        ? `the script needed more than ${DRIVER_LIMITS.scriptHeapMb} MB of memory`
        : `the script's process ended by itself (${signal ?? code})`,
    );
  });
  return {
    say: (message) => {
      if (!over) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    kill: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
}
