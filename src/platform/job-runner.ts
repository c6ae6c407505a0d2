import { setTimeout as sleep } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { System } from './ctx.ts';
import type { JobBinding } from './jobs.ts';

/** Finds what became due without anybody telling: retries, wake-ups, what was told while nobody listened. */
const POLL_MS = 500;
/** A run that says nothing for the queue's heartbeat time counts as dead and is tried again elsewhere. */
const TOUCH_MS = 3_000;

type Run = JobWithMetadata<object>;

export type Runner = {
  readonly name: string;
  /** Looks for work now. */
  readonly wake: () => void;
  /** Takes nothing new and waits for what runs, at most this long. */
  readonly stop: (graceMs: number) => Promise<void>;
};

/**
 * Works on one queue: one loop asks for as many jobs as there is room for, and they run side by side, so that a slow one
 * holds up no other. pg-boss' own workers ask once per seat, each on every call and every poll: 16 seats would cost
 * sixteen queries for one job, or half a minute's delay for a deferred one.
 */
export function createRunner(boss: PgBoss, system: System, binding: JobBinding): Runner {
  const { job } = binding;
  const running = new Set<Promise<void>>();
  let looking = false;
  let lookAgain = false;
  let stopped = false;

  const seats = () => (stopped ? 0 : job.concurrency - running.size);

  async function look() {
    lookAgain = true;
    if (looking) return;
    looking = true;
    try {
      for (let room = seats(); lookAgain && room > 0; room = seats()) {
        lookAgain = false;
        const runs = await boss.fetch<object>(job.name, { batchSize: room, includeMetadata: true });
        for (const run of runs) start(run);
        if (runs.length === room) lookAgain = true;
      }
    } catch (error) {
      if (!stopped) system.log.warn({ job: job.name, err: String(error) }, 'job queue could not be read');
    } finally {
      looking = false;
    }
  }

  function start(run: Run) {
    const done = runJob(boss, system, binding, run).finally(() => {
      const wasFull = seats() <= 0;
      running.delete(done);
      if (wasFull) void look();
    });
    running.add(done);
  }

  const timer = setInterval(() => void look(), POLL_MS);
  return {
    name: job.name,
    wake: () => void look(),
    async stop(graceMs) {
      stopped = true;
      clearInterval(timer);
      const giveUp = new AbortController();
      const grace = sleep(graceMs, undefined, { signal: giveUp.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running), grace]);
      giveUp.abort();
    },
  };
}

/** Runs one job and settles it; a run whose process dies is found by its silence. Never rejects. */
async function runJob(boss: PgBoss, system: System, { job, handle }: JobBinding, run: Run): Promise<void> {
  const attempt = { id: run.id, retryCount: run.retryCount };
  const limit = AbortSignal.timeout(job.expireSeconds * 1_000);
  const touching = setInterval(() => void boss.touch(job.name, attempt).catch(() => undefined), TOUCH_MS);
  try {
    await handle(system, run.data as never, {
      attempt: run.retryCount + 1,
      lastAttempt: run.retryCount >= run.retryLimit,
      signal: limit,
    });
    await boss.complete(job.name, attempt);
  } catch (error) {
    const err = String(error);
    system.log.warn({ job: job.name, jobId: run.id, attempt: run.retryCount + 1, err }, 'job failed');
    await boss.fail(job.name, attempt, { err }).catch(() => undefined);
  } finally {
    clearInterval(touching);
  }
}
