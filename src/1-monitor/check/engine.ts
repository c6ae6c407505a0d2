import { isDeepStrictEqual } from 'node:util';
import { beginWorld } from './check-world.ts';
import type { CheckWorld } from './check-run.ts';
import { type CheckEngineLog, type EngineSetup, USUAL_SETUP } from './engine-options.ts';
import type { EngineLag, FromEngine, ToEngine } from './engine-protocol.ts';
import { LatenessMeter } from './lateness-meter.ts';
import { ResultOutbox } from './result-outbox.ts';
import { nextGridPointMs } from './grid.ts';
import { runCheck } from './run-check.ts';
import { Schedule } from './schedule.ts';
import type { CheckOutcome, CheckProgress, CheckSpec } from './spec.ts';

interface Assigned {
  readonly spec: CheckSpec;
  lastOutcome: CheckOutcome | null;
}

/** What passed longer ago is not made up for: too many would begin at once, and it would tell of now. */
const MAKE_UP_MS = 5_000;
/** Monitors that are new together start a little apart. */
const NEW_PER_MS = 2;

/** The checking itself, as a machine of messages: what the process around it receives goes to `handle`. */
export class Engine {
  readonly #send: (message: FromEngine) => void;
  readonly #world: CheckWorld;
  readonly #outbox: ResultOutbox;
  readonly #schedule = new Schedule((monitorId, dueAtMs) => this.#onDue(monitorId, dueAtMs));
  readonly #assigned = new Map<string, Assigned>();
  readonly #lateness = new LatenessMeter();
  #running = 0;
  #draining = false;

  constructor(send: (message: FromEngine) => void, log: CheckEngineLog, setup: EngineSetup = USUAL_SETUP) {
    this.#send = send;
    this.#world = beginWorld(log, setup);
    this.#outbox = new ResultOutbox((sequence, results) => send({ type: 'results', sequence, results }));
  }

  handle(message: ToEngine): void {
    switch (message.type) {
      case 'assign':
        return this.#assign(message.specs, message.sinceMs);
      case 'upsert':
        return this.#upsert(message.specs);
      case 'remove':
        return message.monitorIds.forEach((monitorId) => this.#remove(monitorId));
      case 'check-now':
        return void this.#checkNow(message.spec, message.requestId, message.watched);
      case 'ack':
        this.#outbox.acknowledge(message.sequence);
        return this.#reportDrained();
      case 'drain':
        this.#draining = true;
        this.#schedule.stop();
        return this.#reportDrained();
      default:
        return message satisfies never;
    }
  }

  /** Figures since the last call, where they are of a period. */
  lag(): EngineLag {
    const { user, system } = process.cpuUsage();
    return {
      ...this.#lateness.take(),
      checksRunning: this.#running,
      resultsWaiting: this.#outbox.size,
      resultsDropped: this.#outbox.dropped,
      cpuSeconds: (user + system) / 1e6,
      rssBytes: process.memoryUsage.rss(),
    };
  }

  stop(): void {
    this.#schedule.stop();
    this.#outbox.stop();
    this.#world.deadlines.close();
  }

  #assign(specs: readonly CheckSpec[], sinceMs: number): void {
    const nowMs = Date.now();
    const kept = new Set(specs.map((spec) => spec.monitorId));
    for (const monitorId of this.#assigned.keys()) if (!kept.has(monitorId)) this.#remove(monitorId);
    for (const spec of specs) {
      const known = this.#assigned.get(spec.monitorId);
      this.#assigned.set(spec.monitorId, { spec, lastOutcome: known?.lastOutcome ?? null });
      if (spec.paused) this.#schedule.remove(spec.monitorId);
      else
        this.#schedule.set(spec.monitorId, spec, known === undefined ? missedPointMs(spec, sinceMs, nowMs) : undefined);
    }
  }

  #upsert(specs: readonly CheckSpec[]): void {
    const nowMs = Date.now();
    let fresh = 0;
    for (const spec of specs) {
      const known = this.#assigned.get(spec.monitorId);
      if (known !== undefined && isDeepStrictEqual(known.spec, spec)) continue;
      this.#assigned.set(spec.monitorId, { spec, lastOutcome: known?.lastOutcome ?? null });
      if (spec.paused) {
        this.#schedule.remove(spec.monitorId);
        continue;
      }
      this.#schedule.set(spec.monitorId, spec, nowMs + Math.floor(fresh / NEW_PER_MS));
      fresh += 1;
    }
  }

  #remove(monitorId: string): void {
    this.#assigned.delete(monitorId);
    this.#schedule.remove(monitorId);
  }

  #onDue(monitorId: string, dueAtMs: number): void {
    const assigned = this.#assigned.get(monitorId);
    if (assigned !== undefined && !this.#draining) void this.#check(assigned, dueAtMs);
  }

  async #check(assigned: Assigned, dueAtMs: number): Promise<void> {
    this.#running += 1;
    this.#lateness.record(Date.now() - dueAtMs);
    const result = await runCheck(assigned.spec, dueAtMs, this.#world);
    this.#running -= 1;
    // Paused, removed or changed meanwhile: an answer to a question that nobody asks any more.
    const current = this.#assigned.get(assigned.spec.monitorId);
    if (current !== assigned) return this.#reportDrained();
    const news = result.outcome !== assigned.lastOutcome;
    assigned.lastOutcome = result.outcome;
    this.#outbox.add(result, news);
  }

  async #checkNow(spec: CheckSpec, requestId: number, watched: boolean): Promise<void> {
    this.#running += 1;
    const watch = (progress: CheckProgress): void => this.#send({ type: 'progress', requestId, ...progress });
    const onTurn = (): void => this.#send({ type: 'begun', requestId });
    const result = await runCheck(spec, Date.now(), this.#world, { watch: watched ? watch : null, onTurn });
    this.#running -= 1;
    this.#send({ type: 'checked', requestId, result });
  }

  #reportDrained(): void {
    if (this.#draining && this.#outbox.size === 0) this.#send({ type: 'drained' });
  }
}

/** The grid point that passed while nobody checked, if there is one. */
function missedPointMs(spec: CheckSpec, sinceMs: number, nowMs: number): number | undefined {
  const pointMs = nextGridPointMs(spec.monitorId, spec.intervalMs, nowMs, spec.offsetMs) - spec.intervalMs;
  return pointMs >= Math.max(sinceMs, nowMs - MAKE_UP_MS) ? pointMs : undefined;
}
