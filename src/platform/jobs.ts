import type { System } from './ctx.ts';
import type { Job } from './job.ts';

export { defineJob, type Job, type JobSender, type Outgoing } from './job.ts';

/** `attempt` counts from 1; `lastAttempt` is true when a throw now ends in the dead letter queue. */
export type JobRun = { readonly attempt: number; readonly lastAttempt: boolean; readonly signal: AbortSignal };

export type JobBinding = {
  readonly job: Job<object>;
  readonly handle: (system: System, data: never, run: JobRun) => Promise<void>;
};

/**
 * Binds the handler of a job; listed in a stage's `jobs`. A handler re-reads its row and decides by `now`, so that a
 * late, repeated or outdated job does no harm; it opens its own transactions through `system.transact`.
 */
export function work<Data extends object>(
  job: Job<Data>,
  handle: (system: System, data: Data, run: JobRun) => Promise<void>,
): JobBinding {
  return { job, handle };
}
