import type { CheckEngineLog, CheckEngineOptions } from './engine-options.ts';
import type { CheckResult } from './spec.ts';

interface Batch {
  readonly results: readonly CheckResult[];
  readonly stored: () => void;
}

const RETRY_MS = { first: 1_000, max: 16_000 };

/** Gives batches to the store one call at a time, in order; what gathered meanwhile goes together. */
export class StoreQueue {
  readonly #onResults: CheckEngineOptions['onResults'];
  readonly #log: CheckEngineLog;
  readonly #waiting: Batch[] = [];
  #busy = false;
  #stopped = false;
  #retryMs = RETRY_MS.first;

  constructor(onResults: CheckEngineOptions['onResults'], log: CheckEngineLog) {
    this.#onResults = onResults;
    this.#log = log;
  }

  /** `stored` is called once the store has resolved for these results. */
  add(results: readonly CheckResult[], stored: () => void): void {
    this.#waiting.push({ results, stored });
    if (!this.#busy) void this.#work();
  }

  /** A store that keeps failing is not asked again. */
  stop(): void {
    this.#stopped = true;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0 && !this.#stopped) {
      const batches = this.#waiting.slice();
      if (!(await this.#store(batches))) continue;
      this.#waiting.splice(0, batches.length);
      for (const batch of batches) batch.stored();
    }
    this.#busy = false;
  }

  async #store(batches: readonly Batch[]): Promise<boolean> {
    const [only] = batches;
    const results =
      batches.length === 1 && only !== undefined ? only.results : batches.flatMap((batch) => batch.results);
    try {
      await this.#onResults(results);
      this.#retryMs = RETRY_MS.first;
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.error(
        { results: results.length, reason, retryInMs: this.#retryMs },
        'check results were not stored; they are tried again',
      );
      await pause(this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.max);
      return false;
    }
  }
}

/** Does not keep the process alive: with nothing else left to do, results that cannot be stored are lost anyway. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
