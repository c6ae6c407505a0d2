/** Width of a bucket: a deadline passes at most this much late. */
export const SWEEP_MS = 20;

export interface Deadline {
  /** Monotonic milliseconds (performance.now). */
  readonly atMs: number;
  readonly bucket: number;
  passed: boolean;
  /** Called once when the deadline passes; whoever is being waited for puts itself here. */
  onPass: (() => void) | null;
}

/** Many deadlines, one timer: buckets of 20 ms, swept in turn. The timer runs only while a deadline is open. */
export class DeadlineSweep {
  readonly #buckets = new Map<number, Set<Deadline>>();
  #timer: NodeJS.Timeout | null = null;
  #swept = 0;
  #open = 0;

  get open(): number {
    return this.#open;
  }

  add(atMs: number, onPass: (() => void) | null = null): Deadline {
    if (this.#timer === null) this.#start();
    // Rounded up: a deadline never passes early.
    const index = Math.max(Math.ceil(atMs / SWEEP_MS), this.#swept + 1);
    const deadline: Deadline = { atMs, bucket: index, passed: false, onPass };
    const bucket = this.#buckets.get(index);
    if (bucket === undefined) this.#buckets.set(index, new Set([deadline]));
    else bucket.add(deadline);
    this.#open += 1;
    return deadline;
  }

  /** Idempotent; a removed deadline never passes. */
  remove(deadline: Deadline): void {
    deadline.onPass = null;
    if (this.#buckets.get(deadline.bucket)?.delete(deadline) === true) this.#open -= 1;
  }

  /** Lets pass what is due at `nowMs`. */
  sweep(nowMs: number): void {
    const upTo = Math.floor(nowMs / SWEEP_MS);
    for (let index = this.#swept + 1; index <= upTo; index += 1) {
      const bucket = this.#buckets.get(index);
      this.#swept = index;
      if (bucket === undefined) continue;
      this.#buckets.delete(index);
      this.#open -= bucket.size;
      for (const deadline of bucket) pass(deadline);
    }
    if (this.#open === 0) this.close();
  }

  /** Stops the timer and forgets every deadline; none of them passes. */
  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#buckets.clear();
    this.#open = 0;
  }

  #start(): void {
    this.#swept = Math.floor(performance.now() / SWEEP_MS);
    this.#timer = setInterval(() => this.sweep(performance.now()), SWEEP_MS);
  }
}

function pass(deadline: Deadline): void {
  deadline.passed = true;
  const { onPass } = deadline;
  deadline.onPass = null;
  onPass?.();
}
