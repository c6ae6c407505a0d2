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
  readonly setup?: Partial<EngineSetup>;
  /** Where it runs; a process of its own unless said. */
  readonly in?: 'process' | 'thread';
}

/** What differs from one machine to another; given to the engine's process when it starts. */
export interface EngineSetup {
  /** The folder of the programs that checks may run; null = none. */
  readonly programs: string | null;
  /** Where the list stands that says which registry answers for which domains. */
  readonly rdapBootstrapUrl: string;
  /** The browser of journeys; null = the usual places are looked at. */
  readonly chromium: string | null;
}

export const USUAL_SETUP: EngineSetup = {
  programs: null,
  chromium: null,
  rdapBootstrapUrl: 'https://data.iana.org/rdap/dns.json',
};
