import type { System } from './ctx.ts';

/**
 * Something that is due by the clock: promises, escalation steps, expired leases. `run` finds every row that is due at
 * `now` and acts on each in a transaction of its own; running it twice, late, or on two nodes does no harm
 * (`for update skip locked`). The rows are the truth: a wake-up only makes it prompt, and a sweep every 15 s finds what
 * no wake-up looked at.
 */
export type Rule = {
  readonly name: string;
  readonly run: (system: System, now: Date) => Promise<void>;
};

export const SWEEP_INTERVAL_MS = 15_000;
