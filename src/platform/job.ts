import type { Database } from './database.ts';

/**
 * A kind of background work with its data. Every queue states how it fails: `retryLimit` tries with exponential
 * backoff from `retryDelaySeconds` up to `retryDelayMaxSeconds`, then the dead letter queue.
 */
export type Job<Data> = {
  readonly name: string;
  readonly retryLimit: number;
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** How long one run may take before it counts as lost and is tried again. */
  readonly expireSeconds: number;
  /** How many run at once in one process. */
  readonly concurrency: number;
  /** Wake workers on commit (p50 1.7 ms) instead of at the next poll (0.5 s); costs commits per second. */
  readonly notify: boolean;
  readonly data?: Data;
};

/** Defaults: 12 tries, backoff 2 s to 5 min, 60 s a run, 16 at once, notified. */
export function defineJob<Data extends object>(
  name: string,
  options: Partial<Omit<Job<Data>, 'name' | 'data'>> = {},
): Job<Data> {
  return {
    name,
    retryLimit: 12,
    retryDelaySeconds: 2,
    retryDelayMaxSeconds: 300,
    expireSeconds: 60,
    concurrency: 16,
    notify: true,
    ...options,
  };
}

export type SendOptions = { readonly at?: Date };

export type Outgoing = SendOptions & { readonly job: Pick<Job<object>, 'name' | 'retryLimit'>; readonly data: object };

/** The outbox: a job sent here exists if and only if the transaction commits. */
export type JobSender = {
  readonly send: <Data extends object>(
    database: Database,
    job: Job<Data>,
    data: Data,
    options?: SendOptions,
  ) => Promise<void>;
  /** Many at once: one statement for each queue. */
  readonly sendAll: (database: Database, outgoing: readonly Outgoing[]) => Promise<void>;
};
