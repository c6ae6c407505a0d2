import type { System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { JobBinding, JobSender } from '#platform/jobs.ts';

type Waiting = {
  readonly job: string;
  readonly data: object;
  readonly at: Date;
  readonly attempt: number;
  readonly retryLimit: number;
};

export type MemoryJobs = JobSender & {
  /** What was sent and not run yet, due or not. */
  readonly waiting: () => readonly Waiting[];
  /**
   * Runs everything that is due at the system's clock, and what that sends, until nothing is due. A job that throws goes
   * back to wait for its backoff, as in the real queue; with no tries left it lands in `dead`.
   */
  readonly drain: (system: System) => Promise<void>;
  readonly dead: Waiting[];
  /** Makes `transact` send its jobs at its commit, as the real outbox does: none before it, and none when it fails. */
  readonly atCommit: (transact: System['transact']) => System['transact'];
};

/** The job queue of scenarios: in memory, driven by the fake clock. */
export function createMemoryJobs(bindings: readonly JobBinding[], now: () => Date): MemoryJobs {
  let queue: Waiting[] = [];
  const dead: Waiting[] = [];
  const uncommitted = new WeakMap<Database, Waiting[]>();
  const handlers = new Map(bindings.map((binding) => [binding.job.name, binding]));

  async function runOne(system: System, waiting: Waiting) {
    const binding = handlers.get(waiting.job);
    if (!binding) throw new Error(`nothing works on ${waiting.job}`);
    const lastAttempt = waiting.attempt > waiting.retryLimit;
    try {
      await binding.handle(system, waiting.data as never, {
        attempt: waiting.attempt,
        lastAttempt,
        signal: new AbortController().signal,
      });
    } catch (error) {
      if (lastAttempt) return void dead.push(waiting);
      if (!(error instanceof Error)) throw error;
      const backoffMs =
        Math.min(binding.job.retryDelayMaxSeconds, binding.job.retryDelaySeconds * 2 ** waiting.attempt) * 1_000;
      queue.push({ ...waiting, attempt: waiting.attempt + 1, at: new Date(now().getTime() + backoffMs) });
    }
  }

  const sendAll: JobSender['sendAll'] = async (database, outgoing) => {
    for (const { job, data, at } of outgoing) {
      const waiting = { job: job.name, data, at: at ?? now(), attempt: 1, retryLimit: job.retryLimit };
      (uncommitted.get(database) ?? queue).push(waiting);
    }
  };

  return {
    dead,
    waiting: () => queue,
    send: (database, job, data, options = {}) => sendAll(database, [{ job, data, ...options }]),
    sendAll,
    atCommit: (transact) => async (who, act) => {
      // A deadlock makes the act run again in another transaction; what the last one sent is what counts.
      let sent: Waiting[] = [];
      const result = await transact(who, (ctx) => {
        sent = [];
        uncommitted.set(ctx.transaction, sent);
        return act(ctx);
      });
      queue.push(...sent);
      return result;
    },
    async drain(system) {
      for (let rounds = 0; rounds < 1_000; rounds++) {
        const due = queue.filter((waiting) => waiting.at <= now()).toSorted((a, b) => a.at.getTime() - b.at.getTime());
        if (due.length === 0) return;
        queue = queue.filter((waiting) => !due.includes(waiting));
        for (const waiting of due) await runOne(system, waiting);
      }
      throw new Error('jobs keep sending jobs that are due at once');
    },
  };
}
