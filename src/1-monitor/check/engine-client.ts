import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#kernel/errors.ts';
import { JOURNEY_LIMITS } from '../kind/journey-limits.ts';
import type { Watch } from './check-run.ts';
import { engineFault } from './engine-fault.ts';
import { type EngineHost, hostInProcess, hostInThread } from './engine-host.ts';
import { type CheckEngineLog, type CheckEngineOptions, type EngineSetup, USUAL_SETUP } from './engine-options.ts';
import type { EngineLag, FromEngine, ToEngine } from './engine-protocol.ts';
import { StoreQueue } from './store-queue.ts';
import type { CheckResult, CheckSpec } from './spec.ts';

interface CheckEngineStats {
  readonly monitors: number;
  readonly restarts: number;
  readonly checksStarted: number;
  readonly checksRunning: number;
  readonly resultsWaiting: number;
  /** Results given up because the buffer was full while nothing could be stored. */
  readonly resultsDropped: number;
  /** Of checks started in the last reporting period (5 s), milliseconds. */
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  /** CPU seconds (user + system) of the engine's process since its start. */
  readonly cpuSeconds: number;
  /** Of the engine's process. */
  readonly rssBytes: number;
  /** Null between a death and the restart, and in a thread. */
  readonly pid: number | null;
}

export interface CheckEngine {
  /** A monitor not seen before, or whose question changed, is checked at once and then stays on its grid. */
  upsert(specs: readonly CheckSpec[]): void;
  remove(monitorIds: readonly string[]): void;
  /** The whole assignment, as after a restart: everybody waits for the next point of their grid, or makes up for one that passed since the start. */
  replaceAll(specs: readonly CheckSpec[]): void;
  /**
   * One check now, outside the grid; never given to `onResults`. A fault of ours is `unknown`. `alone`: throws `limit` while
   * another of its workspace that was asked for so waits for a browser.
   */
  checkNow(spec: CheckSpec, manner?: { readonly watch?: Watch; readonly alone?: boolean }): Promise<CheckResult>;
  stats(): CheckEngineStats;
  /** Stops checking, waits (up to 2 s) for what is finished to be stored, ends the engine. */
  stop(): Promise<void>;
}

const NO_LAG: EngineLag = {
  checksStarted: 0,
  checksRunning: 0,
  resultsWaiting: 0,
  resultsDropped: 0,
  latenessP99Ms: 0,
  latenessMaxMs: 0,
  cpuSeconds: 0,
  rssBytes: 0,
};

const RESTART = { firstMs: 100, maxMs: 5_000, steadyMs: 10_000 };
const STOP_MS = 2_000;
/** What checkNow waits beyond the check's own timeout before it gives the engine up. */
const ANSWER_GRACE_MS = 10_000;

/** Starts the engine; restarts it with the assignments whenever it dies. */
export function startCheckEngine(options: CheckEngineOptions): CheckEngine {
  return new EngineClient(options);
}

class EngineClient implements CheckEngine {
  readonly #log: CheckEngineLog;
  readonly #setup: EngineSetup;
  readonly #store: StoreQueue;
  readonly #specs = new Map<string, CheckSpec>();
  readonly #asked = new Map<
    number,
    {
      readonly spec: CheckSpec;
      readonly answer: (result: CheckResult) => void;
      readonly watch: Watch | undefined;
      /** Of a journey that somebody tries: it has no browser yet. */
      waits: boolean;
    }
  >();
  readonly #host: typeof hostInProcess;
  #child: EngineHost | null = null;
  #restartTimer: NodeJS.Timeout | null = null;
  #restarts = 0;
  #restartMs = RESTART.firstMs;
  #requestId = 0;
  /** Since when what is due has not been checked. */
  #blindSinceMs = Date.now();
  #stopping = false;
  #lag: EngineLag = NO_LAG;
  #onDrained: (() => void) | null = null;
  #onGone: (() => void) | null = null;

  constructor({ onResults, log, setup, in: where }: CheckEngineOptions) {
    this.#host = where === 'thread' ? hostInThread : hostInProcess;
    this.#log = log;
    this.#setup = { ...USUAL_SETUP, ...setup };
    this.#store = new StoreQueue(onResults, log);
    this.#start();
  }

  upsert(specs: readonly CheckSpec[]): void {
    for (const spec of specs) this.#specs.set(spec.monitorId, spec);
    this.#tell({ type: 'upsert', specs });
  }

  remove(monitorIds: readonly string[]): void {
    for (const monitorId of monitorIds) this.#specs.delete(monitorId);
    this.#tell({ type: 'remove', monitorIds });
  }

  replaceAll(specs: readonly CheckSpec[]): void {
    this.#specs.clear();
    for (const spec of specs) this.#specs.set(spec.monitorId, spec);
    this.#assign();
  }

  async checkNow(
    spec: CheckSpec,
    { watch, alone = false }: { readonly watch?: Watch; readonly alone?: boolean } = {},
  ): Promise<CheckResult> {
    if (this.#child === null) return engineFault(spec, 'the check engine is being restarted; try again in a moment');
    const isAlone = alone && spec.kind === 'journey';
    if (isAlone) this.#refuseSecondWait(spec.workspaceId);
    this.#requestId += 1;
    const requestId = this.#requestId;
    return new Promise((resolve) => {
      const giveUp = setTimeout(
        () => this.#answer(requestId, engineFault(spec, 'the check engine did not answer in time')),
        spec.timeoutMs + (spec.kind === 'journey' ? JOURNEY_LIMITS.aroundMs : 0) + ANSWER_GRACE_MS,
      );
      const answer = (result: CheckResult): void => {
        clearTimeout(giveUp);
        resolve(result);
      };
      this.#asked.set(requestId, { spec, answer, watch, waits: isAlone });
      this.#tell({ type: 'check-now', spec, requestId, watched: watch !== undefined });
    });
  }

  stats(): CheckEngineStats {
    return { ...this.#lag, monitors: this.#specs.size, restarts: this.#restarts, pid: this.#child?.pid ?? null };
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (child === null) return;
    const drained = new Promise<void>((resolve) => {
      this.#onDrained = resolve;
    });
    const gone = new Promise<void>((resolve) => {
      this.#onGone = resolve;
    });
    this.#tell({ type: 'drain' });
    const timeUp = new AbortController();
    await Promise.race([drained, gone, sleep(STOP_MS, undefined, { signal: timeUp.signal })]);
    timeUp.abort();
    child.kill();
    await gone;
    this.#store.stop();
  }

  #start(): void {
    const startedMs = performance.now();
    const child = this.#host(this.#setup, {
      onMessage: (message) => this.#onMessage(child, message),
      onError: (error) => this.#log.error({ error: error.message }, 'check engine failed'),
      onExit: (cause) => this.#onExit(child, performance.now() - startedMs, cause),
    });
    this.#child = child;
    if (this.#specs.size > 0) this.#assign();
  }

  #assign(): void {
    this.#tell({ type: 'assign', specs: [...this.#specs.values()], sinceMs: this.#blindSinceMs });
    if (this.#child !== null) this.#blindSinceMs = Date.now();
  }

  #onExit(child: EngineHost, livedMs: number, cause: string | number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#blindSinceMs = Date.now();
    this.#lag = { ...this.#lag, checksRunning: 0, resultsWaiting: 0 };
    for (const [requestId, { spec }] of this.#asked) {
      this.#answer(requestId, engineFault(spec, 'the check engine stopped during this check; try again'));
    }
    if (this.#stopping) return this.#onGone?.();
    this.#restartMs = livedMs > RESTART.steadyMs ? RESTART.firstMs : Math.min(this.#restartMs * 2, RESTART.maxMs);
    this.#log.error({ cause, restartInMs: this.#restartMs }, 'check engine died; it is started again');
    this.#restartTimer = setTimeout(() => {
      this.#restarts += 1;
      this.#start();
    }, this.#restartMs);
  }

  #onMessage(child: EngineHost, message: FromEngine): void {
    switch (message.type) {
      case 'results': {
        const { sequence, results } = message;
        return this.#store.add(results, () => {
          if (this.#child === child) this.#tell({ type: 'ack', sequence });
        });
      }
      case 'begun': {
        const begun = this.#asked.get(message.requestId);
        if (begun !== undefined) begun.waits = false;
        return;
      }
      case 'checked':
        return this.#answer(message.requestId, message.result);
      case 'progress':
        return this.#asked.get(message.requestId)?.watch?.({ steps: message.steps, picture: message.picture });
      case 'lag': {
        const { type: _, ...lag } = message;
        this.#lag = lag;
        return;
      }
      case 'log':
        return this.#log[message.level](message.fields, message.message);
      case 'drained':
        return this.#onDrained?.();
      default:
        return message satisfies never;
    }
  }

  /** Whoever presses a button again and again takes the browsers from no other workspace. */
  #refuseSecondWait(workspaceId: string): void {
    const waits = [...this.#asked.values()].some((one) => one.waits && one.spec.workspaceId === workspaceId);
    if (!waits) return;
    const message = 'Another journey of this workspace waits for a browser already. Try again when it has begun.';
    throw new AppError('limit', message, { retryAfterSeconds: 10 });
  }

  #answer(requestId: number, result: CheckResult): void {
    const asked = this.#asked.get(requestId);
    this.#asked.delete(requestId);
    asked?.answer(result);
  }

  #tell(message: ToEngine): void {
    // A dead child is restarted with everything, so what does not reach it is not lost.
    this.#child?.tell(message);
  }
}
