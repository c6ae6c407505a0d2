import { setImmediate } from 'node:timers/promises';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { RULES } from '#app/compose.ts';
import { createApplication } from '#app/http/server.ts';
import { PIPELINE } from '#app/pipeline.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { type Logger, silentLogger } from '#platform/log.ts';
import { SWEEP_INTERVAL_MS } from '#platform/rule.ts';
import { runDue } from '#platform/scheduler.ts';
import { createFakeClock, type FakeClock, USUAL_START } from './clock.ts';
import { borrowFoundedDatabase, createTestDatabase, type TestDatabase } from './database.ts';
import { API_KEY, composeForTest, foundWorkspace } from './founding.ts';
import type { MemoryJobs } from './jobs.ts';

export type TestSystem = {
  readonly system: System;
  readonly clock: FakeClock;
  readonly jobs: MemoryJobs;
  readonly database: TestDatabase;
  /** The whole HTTP surface, without a socket: `app.request('/api/v1/…')`. */
  readonly app: Hono;
  readonly workspaceId: string;
  readonly ownerId: string;
  /** The owner acting on the web. */
  readonly owner: Who;
  /** An API key of the owner, for `call` and for clients. */
  readonly apiKey: string;
  /** One request with the owner's API key; the answer's body as JSON, or null. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** Errors that the product logged; a test that expects none checks that this stays empty. */
  readonly errors: string[];
  /** Acts as the owner in one transaction. */
  readonly act: <Result>(verb: (ctx: Ctx) => Promise<Result>) => Promise<Result>;
  /**
   * Moves the clock in steps of at most 5 s. Jobs and wake-ups run when they are due, everything else every 15 s, as the
   * sweep of a server would find it, and at the end.
   */
  readonly advance: (seconds: number) => Promise<void>;
  /** Runs what is due right now. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const STEP_SECONDS = 5;
const SWEEP_SECONDS = SWEEP_INTERVAL_MS / 1_000;

export type TestOptions = {
  readonly start?: string;
  readonly env?: Record<string, string>;
  readonly timeZone?: string;
};

/** The product, whole, on a fresh database with one workspace and its owner, a clock moved by hand, and jobs in memory. */
export async function createTestSystem(options: TestOptions = {}): Promise<TestSystem> {
  const isUsual = (options.start ?? USUAL_START) === USUAL_START && options.timeZone === undefined;
  const database = await (isUsual ? borrowFoundedDatabase() : createTestDatabase());
  const clock = createFakeClock(options.start);
  const errors: string[] = [];
  const log: Logger = {
    ...silentLogger,
    error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const { system, jobs } = composeForTest(database.database, clock, log, options.env);
  const app = createApplication(system, PIPELINE, '0.0.0-test', null);
  const { workspaceId, userId } = database.founded ?? (await foundWorkspace(system, options.timeZone));
  const actor: Actor = { kind: 'user', userId, role: 'owner', channel: 'web' };
  const owner: Who = { actor, workspaceId };
  const call: TestSystem['call'] = async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${API_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await app.request(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };

  const settle = async () => {
    for (let announcing = true; announcing;) {
      await jobs.drain(system);
      await runDue(system, RULES, clock.now());
      // Asked before the last jobs run, and a turn later: what has just been told leaves jobs once its commit has come back.
      announcing = await isAnnouncing(database);
      await setImmediate();
      await jobs.drain(system);
    }
  };
  await settle();
  return {
    system,
    clock,
    jobs,
    database,
    app,
    workspaceId,
    ownerId: userId,
    owner,
    apiKey: API_KEY,
    call,
    errors,
    act: (verb) => system.transact(owner, verb),
    settle,
    async advance(seconds) {
      let sinceSweep = 0;
      for (let rest = seconds; rest > 0; rest -= STEP_SECONDS) {
        clock.advance(Math.min(STEP_SECONDS, rest));
        sinceSweep += STEP_SECONDS;
        if (rest > STEP_SECONDS && sinceSweep < SWEEP_SECONDS) {
          await jobs.drain(system);
          continue;
        }
        sinceSweep = 0;
        await settle();
      }
    },
    close: () => database.close(),
  };
}

/** Intake tells later stages of its alerts right after the commit, by itself: whether that is still under way. */
async function isAnnouncing({ database }: TestDatabase): Promise<boolean> {
  const { rows } = await sql<{
    waiting: number;
  }>`select count(*) as waiting from alert where announce is not null`.execute(database);
  return (rows[0]?.waiting ?? 0) > 0;
}
