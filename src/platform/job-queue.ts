import { createHash } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { type Connection, type Database, poolConfig, runSql } from './database.ts';
import type { System } from './ctx.ts';
import type { Job, JobBinding, JobSender, Outgoing } from './jobs.ts';
import { createRunner } from './job-runner.ts';
import { listenTo } from './listen.ts';
import type { Logger } from './log.ts';

const HEARTBEAT_SECONDS = 10;
const KEEP_DONE_SECONDS = 3_600;
const GRACE_MS = 5_000;

/** Where pg-boss tells, at commit, the name of a queue that has something to do now. It is named after its schema. */
const NOTIFY_CHANNEL = `pgboss_${createHash('sha224').update('pgboss').digest('hex').slice(0, 24)}`;

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
  const boss = new PgBoss({
    // Beyond what its types know: it hands all settings to its pool.
    ...(poolConfig(connection, options.max) as object),
    migrate: false,
    schedule: false,
    supervise: options.supervise,
    monitorIntervalSeconds: 3,
    superviseIntervalSeconds: 3,
    maintenanceIntervalSeconds: 300,
    useListenNotify: false,
    monitorVacuum: false,
  });
  const stopping: (() => Promise<void>)[] = [];
  boss.on('error', (error) => log.warn({ err: String(error) }, 'job queue lost the database'));

  async function sendAll(database: Database, outgoing: readonly Outgoing[]) {
    const db = { executeSql: (text: string, values?: unknown[]) => runSql(database, text, values ?? []) };
    for (const [name, jobs] of Map.groupBy(outgoing, ({ job }) => job.name)) {
      const inserts = jobs.map(({ data, at }) => ({ data, ...(at ? { startAfter: at } : {}) }));
      await boss.insert(name, inserts, { db });
    }
  }

  return {
    async open(bindings) {
      await boss.start();
      for (const { job } of bindings) await openQueue(boss, job);
    },
    send: (database, job, data, sendOptions = {}) => sendAll(database, [{ job, data, ...sendOptions }]),
    sendAll,
    async work(system, bindings) {
      const runners = bindings.map((binding) => createRunner(boss, system, binding));
      const wakeAll = () => runners.forEach((runner) => runner.wake());
      const onPayload = (name: string) => runners.find((runner) => runner.name === name)?.wake();
      stopping.push(listenTo(connection, NOTIFY_CHANNEL, { onPayload, onReconnect: wakeAll }, log));
      stopping.push(async () => void (await Promise.all(runners.map((runner) => runner.stop(GRACE_MS)))));
      wakeAll();
    },
    async close() {
      for (const stop of stopping.toReversed().splice(0)) await stop();
      await boss.stop({ graceful: false });
    },
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
