import type { CheckResult } from './spec.ts';

export interface OutboxLimits {
  /** How long a result may wait for company. */
  readonly flushMs: number;
  readonly batchSize: number;
  /** Batches sent and not yet acknowledged. */
  readonly inFlight: number;
  /** Results kept in all; beyond it the oldest that wait are given up. */
  readonly capacity: number;
}

const OUTBOX_LIMITS: OutboxLimits = {
  flushMs: 500,
  batchSize: 1_000,
  inFlight: 4,
  capacity: 50_000,
};

type Send = (sequence: number, results: readonly CheckResult[]) => void;

/**
 * Results on their way to whoever stores them: batched and numbered, in the order of completion. While nothing is
 * acknowledged only a few batches leave; the rest waits here, bounded.
 */
export class ResultOutbox {
  readonly #send: Send;
  readonly #limits: OutboxLimits;
  #waiting: CheckResult[] = [];
  readonly #sent = new Map<number, number>();
  #sequence = 0;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Immediate | null = null;
  #dropped = 0;
  #blocked = false;
  #sentResults = 0;

  constructor(send: Send, limits: OutboxLimits = OUTBOX_LIMITS) {
    this.#send = send;
    this.#limits = limits;
  }

  /** Results not stored yet. */
  get size(): number {
    return this.#waiting.length + this.#sentResults;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** `urgent`: news that somebody waits for; it leaves in this turn of the event loop, with whatever else waits. */
  add(result: CheckResult, urgent: boolean): void {
    this.#waiting.push(result);
    if (this.size > this.#limits.capacity) this.#dropOldest();
    if (this.#blocked) return;
    if (urgent) this.#soon ??= setImmediate(() => this.#flush());
    else if (this.#waiting.length >= this.#limits.batchSize) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), this.#limits.flushMs);
  }

  /** Stored; unknown numbers are ignored. */
  acknowledge(sequence: number): void {
    this.#sentResults -= this.#sent.get(sequence) ?? 0;
    this.#sent.delete(sequence);
    // As many as had to wait for this: at once.
    if (this.#blocked) this.#flush();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#soon !== null) clearImmediate(this.#soon);
    this.#timer = null;
    this.#soon = null;
  }

  /** Sends what waits, as far as batches may be in flight. */
  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#soon !== null) clearImmediate(this.#soon);
    this.#timer = null;
    this.#soon = null;
    while (this.#waiting.length > 0 && this.#sent.size < this.#limits.inFlight) {
      const results = this.#waiting.splice(0, this.#limits.batchSize);
      this.#sequence += 1;
      this.#sent.set(this.#sequence, results.length);
      this.#sentResults += results.length;
      this.#send(this.#sequence, results);
    }
    this.#blocked = this.#waiting.length > 0;
  }

  #dropOldest(): void {
    const count = Math.min(this.#waiting.length, this.#limits.batchSize);
    this.#waiting.splice(0, count);
    this.#dropped += count;
  }
}
