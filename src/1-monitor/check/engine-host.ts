import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { EngineSetup } from './engine-options.ts';
import type { FromEngine, ToEngine } from './engine-protocol.ts';

/** What runs an engine, apart from whoever stores its results: what crashes there ends nothing here. */
export interface EngineHost {
  /** Of a process of its own. */
  readonly pid: number | null;
  /** What reaches nobody any more is left out. */
  readonly tell: (message: ToEngine) => void;
  /** Ends it at once; `onExit` follows. */
  readonly kill: () => void;
}

export interface EngineEars {
  readonly onMessage: (message: FromEngine) => void;
  readonly onError: (error: Error) => void;
  /** Called once. */
  readonly onExit: (cause: string | number | null) => void;
}

/** Authorities that were installed on this machine count beside Node's own list. */
const ENGINE_FLAGS = ['--use-system-ca'];
/** New objects have 8 MB before they are collected: less memory, at no cost that can be measured. */
const PROCESS_FLAGS = [...ENGINE_FLAGS, '--max-semi-space-size=8'];
const PROCESS = new URL('./engine-process.ts', import.meta.url);
const THREAD = new URL('./engine-thread.ts', import.meta.url);

/** A process of its own: also when it eats all memory, the server goes on. */
export function hostInProcess(setup: EngineSetup, { onMessage, onError, onExit }: EngineEars): EngineHost {
  const child = fork(PROCESS, [JSON.stringify(setup)], { serialization: 'advanced', execArgv: PROCESS_FLAGS });
  child.on('message', onMessage);
  child.on('error', onError);
  child.once('exit', (code, signal) => onExit(signal ?? code));
  return {
    pid: child.pid ?? null,
    tell(message) {
      if (child.connected) child.send(message, () => {});
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** A thread: half of the memory, and an engine that fails still ends only itself. */
export function hostInThread(setup: EngineSetup, { onMessage, onError, onExit }: EngineEars): EngineHost {
  const thread = new Worker(THREAD, { workerData: setup, execArgv: ENGINE_FLAGS });
  thread.on('message', onMessage);
  thread.on('error', onError);
  thread.once('exit', onExit);
  return {
    pid: null,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of a thread, not of a window
    tell: (message) => thread.postMessage(message),
    kill: () => void thread.terminate(),
  };
}
