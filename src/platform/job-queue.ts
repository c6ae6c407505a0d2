import { PgBoss } from 'pg-boss';
import { clientConfig, type Connection, type Database, runSql } from './database.ts';
import type { System } from './ctx.ts';
import type { Job, JobBinding, JobSender } from './jobs.ts';
import type { Logger } from './log.ts';

const HEARTBEAT_SECONDS = 10;
const POLL_SECONDS = 0.5;
const KEEP_DONE_SECONDS = 3_600;

export type JobQueue = JobSender & {
  /** Makes the queues; must have run before anything is sent. */
  readonly open: (bindings: readonly JobBinding[]) => Promise<void>;
  /** Starts working on what is sent. */
  readonly work: (system: System, bindings: readonly JobBinding[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The dead letter queue of a job: what is in it failed for good and waits for a person. */
function deadLetterOf(job: Pick<Job<object>, 'name'>): string {
  return `${job.name}.dead`;
}

/** pg-boss on the same database, sending inside the caller's transaction. */
export function createJobQueue(
  connection: Connection,
  log: Logger,
  options: { supervise: boolean; max: number },
): JobQueue {
  const { types: _types, ...config } = clientConfig(connection);
  const boss = new PgBoss({
    ...(config as object),
    max: options.max,
    migrate: false,
    schedule: false,
    supervise: options.supervise,
    monitorIntervalSeconds: 1,
    superviseIntervalSeconds: 1,
    maintenanceIntervalSeconds: 300,
    useListenNotify: true,
    monitorVacuum: false,
  });
  boss.on('error', (error) => log.warn({ err: String(error) }, 'job queue lost the database'));

  return {
    async open(bindings) {
      await boss.start();
      for (const { job } of bindings) await openQueue(boss, job);
    },
    async send(database: Database, job, data, sendOptions = {}) {
      await boss.send(job.name, data, {
        db: { executeSql: (text, values) => runSql(database, text, values ?? []) },
        ...(sendOptions.at ? { startAfter: sendOptions.at } : {}),
      });
    },
    async work(system, bindings) {
      for (const binding of bindings) await startWorker(boss, system, binding);
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

async function openQueue(boss: PgBoss, job: Job<object>) {
  const dead = deadLetterOf(job);
  const settings = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: job.retryDelayMaxSeconds,
    expireInSeconds: job.expireSeconds,
    deleteAfterSeconds: KEEP_DONE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: job.notify,
    deadLetter: dead,
  };
  await boss.createQueue(dead, { retryLimit: 0 });
  await boss.createQueue(job.name, settings);
  await boss.updateQueue(job.name, { ...settings });
}

async function startWorker(boss: PgBoss, system: System, { job, handle }: JobBinding) {
  const options = {
    batchSize: 1,
    localConcurrency: job.concurrency,
    pollingIntervalSeconds: POLL_SECONDS,
    includeMetadata: true,
  } as const;
  await boss.work<object, void, typeof options>(job.name, options, async ([run]) => {
    if (!run) return;
    try {
      await handle(system, run.data as never, {
        attempt: run.retryCount + 1,
        lastAttempt: run.retryCount >= run.retryLimit,
        signal: run.signal,
      });
    } catch (error) {
      system.log.warn({ job: job.name, jobId: run.id, attempt: run.retryCount + 1, err: String(error) }, 'job failed');
      throw error;
    }
  });
}
