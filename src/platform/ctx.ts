import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { type Database, isDeadlock } from './database.ts';
import type { DomainEvent } from './domain-event.ts';
import { newId } from './ids.ts';
import type { Job, JobSender, Outgoing, SendOptions } from './job.ts';
import { LIVE_CHANNEL, type LiveHub } from './live.ts';
import type { Logger } from './log.ts';
import { isStalePlan } from './prepared-client.ts';
import { wakeRule } from './wake.ts';
import type { SafeFetch } from './safe-fetch.ts';
import type { Secrets } from './secrets.ts';
import { createSharedReads } from './shared-reads.ts';

/** For whom something is done. */
export type Who = { readonly actor: Actor; readonly workspaceId: string };

/** Everything a verb may use. `now` is one instant for the whole transaction. */
export type Ctx = Who & {
  readonly now: Date;
  readonly transaction: Database;
  readonly secrets: Secrets;
  readonly config: Config;
  readonly publicUrl: string;
  /** CIDRs beyond public addresses that the environment allows; see `readAllowedTargets` for the whole list. */
  readonly environmentTargets: readonly string[];
  /** A new prefixed id: `newId('inc')`. */
  readonly newId: (prefix: string) => string;
  /** Tells later stages, inside this transaction. */
  readonly publish: <Payload>(event: DomainEvent<Payload>, payload: Payload) => Promise<void>;
  /** Outbox: the job exists if and only if this transaction commits. */
  readonly send: <Data extends object>(job: Job<Data>, data: Data, options?: SendOptions) => Promise<void>;
  /** Wakes a rule at an instant (at once when it has passed); the row must already say that it is due then. */
  readonly wake: (rule: { readonly name: string }, at: Date) => Promise<void>;
  /** Tells open dashboards, after commit, that something changed: `touch('alerts')`, `touch('incident:inc_1')`. */
  readonly touch: (topic: string) => void;
  /**
   * Outside a transaction, shares one read of this workspace with all who ask for the same name now; it begins after each
   * of them asked. What it answers must not depend on who asks. In a transaction it just reads.
   */
  readonly together: <Value>(name: string, read: () => Promise<Value>) => Promise<Value>;
};

/** What jobs, rules and the server itself run with; the only builder is `app/compose.ts`. */
export type System = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly database: Database;
  readonly jobs: JobSender;
  readonly events: EventBus;
  readonly live: LiveHub;
  /** Outbound HTTP through the guard; the only way out to addresses that people typed in. */
  readonly fetch: SafeFetch;
  /** Runs an act in one transaction as somebody; what met a deadlock, or a plan of older tables, is tried again twice. */
  readonly transact: <Result>(who: Who, act: (ctx: Ctx) => Promise<Result>) => Promise<Result>;
  /** A context for reading only: each query stands alone. */
  readonly read: (who: Who) => Ctx;
};

/** Tells later stages of an event, in stage order. */
export type EventBus = {
  readonly publish: <Payload>(ctx: Ctx, event: DomainEvent<Payload>, payload: Payload) => Promise<void>;
};

type Parts = Omit<System, 'transact' | 'read'>;
/** How a context gets rid of a job: into the outbox of its transaction, else straight into the queue. */
type Send = (one: Outgoing) => Promise<void>;

/** Adds `transact` and `read` to the parts. */
export function createSystem(parts: Parts): System {
  const share = createSharedReads();
  const context = (who: Who, transaction: Database, touched: Set<string>, send: Send): Ctx => {
    const now = parts.clock.now();
    const ctx: Ctx = {
      actor: who.actor,
      workspaceId: who.workspaceId,
      now,
      transaction,
      secrets: parts.secrets,
      config: parts.config,
      publicUrl: parts.config.publicUrl,
      environmentTargets: parts.config.allowedTargets,
      newId: (prefix) => newId(prefix, now.getTime()),
      publish: (event, payload) => parts.events.publish(ctx, event, payload),
      send: (job, data, options) => send({ job, data, ...options }),
      wake: (rule, at) => send({ job: wakeRule, data: { rule: rule.name }, at }),
      touch: (topic) => void touched.add(topic),
      together: (name, read) => (transaction.isTransaction ? read() : share(`${who.workspaceId} ${name}`, read)),
    };
    return ctx;
  };
  return {
    ...parts,
    read: (who) => context(who, parts.database, new Set(), (one) => parts.jobs.sendAll(parts.database, [one])),
    transact: (who, act) =>
      withRetry(() =>
        parts.database.transaction().execute(async (transaction) => {
          const touched = new Set<string>();
          const outbox: Outgoing[] = [];
          const result = await act(context(who, transaction, touched, async (one) => void outbox.push(one)));
          if (outbox.length > 0) await parts.jobs.sendAll(transaction, withoutRepeats(outbox));
          await notifyTouched(transaction, who.workspaceId, touched);
          return result;
        }),
      ),
  };
}

/** Waking a rule twice at one time is waking it once. */
function withoutRepeats(outbox: readonly Outgoing[]): Outgoing[] {
  const woken = new Set<string>();
  return outbox.filter(({ job, data, at }) => {
    if (job !== wakeRule) return true;
    const wake = `${JSON.stringify(data)} ${at?.getTime()}`;
    const isNew = !woken.has(wake);
    woken.add(wake);
    return isNew;
  });
}

/** One NOTIFY per transaction, ids only; PostgreSQL delivers it at commit. Payloads are limited to 8,000 bytes. */
async function notifyTouched(transaction: Database, workspaceId: string, touched: Set<string>) {
  if (touched.size === 0) return;
  const topics = [...touched];
  const all = JSON.stringify({ workspaceId, topics });
  const payload = all.length < 7_000 ? all : JSON.stringify({ workspaceId, topics: ['*'] });
  await sql`select pg_notify(${LIVE_CHANNEL}, ${payload})`.execute(transaction);
}

async function withRetry<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      const again = isDeadlock(error) || isStalePlan(error);
      if (tries >= 3 || !again) throw error;
    }
  }
}
