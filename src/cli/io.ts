/** The outside world of a command, so that tests can hold it in their hands. */
export type Io = {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  /** Whether what is printed is looked at by somebody, in colours. */
  readonly colours?: boolean;
  /** Asks whoever sits there; absent when nobody does. */
  readonly ask?: (question: string) => Promise<string>;
};

/**
 * Exit codes: 0 done, and nothing needs attention; 1 it failed, in one sentence on stderr; 2 the command line was wrong;
 * 3 it worked, and what it looked at needs attention (`status`, `oncall`, `doctor`).
 */
export const EXIT = { ok: 0, failed: 1, usage: 2, attention: 3 } as const;

/** What a command hands back: text for people, data for machines, an aside for stderr, and how it ended. */
export type Outcome = {
  readonly text: string;
  readonly data: unknown;
  readonly aside?: string;
  readonly exitCode?: number;
  /** Adds colours to the text once it is harmless. */
  readonly paint?: (text: string) => string;
};

/** A failure that a person can mend; its message is all they see. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
