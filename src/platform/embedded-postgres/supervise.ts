import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { type Server, type ServerExit, stopServer } from './server.ts';

/** A server that has run this long is well: its next end is a new trouble, not more of the last. */
const WELL_AFTER_MS = 60_000;

export type Supervisor = {
  readonly current: () => Server;
  readonly onExit: (listener: (exit: ServerExit) => void) => () => void;
  /** Stops the server for good. */
  readonly stop: () => Promise<void>;
};

/** Starts a server; tells `onSpawn` as soon as there is a process, resolves when it answers. */
export type Start = (onSpawn: (server: Server) => void) => Promise<Server>;

/** Keeps a server running: whenever it ends unasked it is started again, at once and then with growing pauses. */
export function supervise(first: Server, start: Start, log: Logger): Supervisor {
  const listeners = new Set<(exit: ServerExit) => void>();
  const stopping = new AbortController();
  let current = first;
  let failures = 0;

  async function startAgain(): Promise<void> {
    while (!stopping.signal.aborted) {
      await delay(backoffMs(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      failures += 1;
      try {
        current = await start((server) => {
          current = server;
          // Asked to stop between the decision to start and the process that came of it.
          if (stopping.signal.aborted) void stopServer(server);
        });
        log.info({ pid: current.pid, attempt: failures }, 'database started again');
        return;
      } catch (error) {
        if (!stopping.signal.aborted)
          log.error({ err: String(error), attempt: failures }, 'database could not be started again');
      }
    }
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const exit = await current.exited;
      if (stopping.signal.aborted) return;
      if (performance.now() - since > WELL_AFTER_MS) failures = 0;
      log.error({ pid: current.pid, ...exit }, 'database ended unexpectedly');
      for (const listener of listeners) listener(exit);
      await startAgain();
    }
  }

  const watching = watch();
  return {
    current: () => current,
    onExit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopping.abort();
      await stopServer(current);
      await watching;
    },
  };
}
