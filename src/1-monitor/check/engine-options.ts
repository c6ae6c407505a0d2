import type { CheckResult } from './spec.ts';

/** The three levels that the client and the engine use of the process's log. */
export interface CheckEngineLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface CheckEngineOptions {
  /**
   * Takes a batch in the order of completion; one call at a time. Resolve = stored, never given again. Reject = the same
   * batch is given again (after 1 s at first, doubling to 16 s) and everything behind it waits, in a bounded buffer.
   */
  readonly onResults: (results: readonly CheckResult[]) => Promise<void>;
  readonly log: CheckEngineLog;
}
