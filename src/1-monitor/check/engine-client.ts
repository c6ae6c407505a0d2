import type { CheckResult, CheckSpec } from './spec.ts';

/** The three levels that the client and the engine use of the process's log. */
export interface CheckEngineLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface CheckEngineOptions {
  /**
   * Takes a batch in the order of completion. Resolve = stored, never sent again. Reject = the same batch comes again
   * (after 1 s at first), so storing must be idempotent by (monitorId, dueAtMs, startedAtMs).
   */
  readonly onResults: (results: readonly CheckResult[]) => Promise<void>;
  readonly log: CheckEngineLog;
}

export interface CheckEngineStats {
  readonly monitors: number;
  readonly restarts: number;
  readonly checksStarted: number;
  readonly checksRunning: number;
  readonly resultsWaiting: number;
  /** Results given up because the buffer was full while nothing could be stored. */
  readonly resultsDropped: number;
  /** Of checks started in the last reporting period (5 s), milliseconds. */
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  /** CPU seconds (user + system) of the engine process since its start. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Null between a death and the restart. */
  readonly pid: number | null;
}

export interface CheckEngine {
  /** A monitor not seen before, or whose question changed, is checked at once and then stays on its grid. */
  upsert(specs: readonly CheckSpec[]): void;
  remove(monitorIds: readonly string[]): void;
  /** The whole assignment, as after a restart: everybody waits for the next point of their grid. */
  replaceAll(specs: readonly CheckSpec[]): void;
  /** One check now, outside the grid; never given to `onResults`. Never rejects: a fault of ours is `unknown`. */
  checkNow(spec: CheckSpec): Promise<CheckResult>;
  stats(): CheckEngineStats;
  /** Stops checking, waits (up to 2 s) for what is finished to be stored, ends the process. */
  stop(): Promise<void>;
}

/** Starts the engine's process; restarts it with the assignments whenever it dies. */
export declare function startCheckEngine(options: CheckEngineOptions): CheckEngine;
