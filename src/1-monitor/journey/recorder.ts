import { CHECK_LIMITS } from '../check/limits.ts';
import type { CheckError, StepRun } from '../check/spec.ts';

interface Open {
  readonly index: number;
  readonly beganMs: number;
}

/**
 * How the steps of a journey went. Those inside of another belong to it; an act outside of every step is one of its own.
 */
export class Recorder {
  readonly #steps: StepRun[] = [];
  readonly #open = new Map<string, Open>();
  readonly #clock: () => number;
  #named = 0;

  /** `clock`: milliseconds since the journey began. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Whether a named step is under way, so that acts belong to it. */
  get inside(): boolean {
    return this.#named > 0;
  }

  /** The named step, or the act, that is under way; null between them. */
  get current(): string | null {
    const last = [...this.#open.values()].at(-1);
    return last === undefined ? null : (this.#steps[last.index]?.name ?? null);
  }

  begin(key: string, name: string): void {
    if (key.startsWith('step')) {
      this.#named += 1;
      if (this.#named > 1) return;
    }
    if (this.#steps.length >= CHECK_LIMITS.stepRuns) return;
    const startedMs = this.#clock();
    this.#open.set(key, { index: this.#steps.length, beganMs: startedMs });
    const blank = { status: null, phases: null, failures: [], error: null, values: [] };
    this.#steps.push({ name: shortName(name), outcome: 'passed', startedMs, tookMs: 0, ...blank });
  }

  end(key: string, error: CheckError | null, status: number | null = null): void {
    if (key.startsWith('step')) this.#named = Math.max(0, this.#named - 1);
    const open = this.#open.get(key);
    const step = open === undefined ? undefined : this.#steps[open.index];
    if (open === undefined || step === undefined) return;
    this.#open.delete(key);
    this.#steps[open.index] = {
      ...step,
      outcome: error === null ? 'passed' : 'failed',
      tookMs: this.#clock() - open.beganMs,
      status,
      error: error && shortError(error),
    };
  }

  /** The last step that failed did so for this reason, which is known better by now. */
  amend(error: CheckError): void {
    const index = this.#steps.findLastIndex(({ outcome }) => outcome === 'failed');
    const step = this.#steps[index];
    if (step !== undefined) this.#steps[index] = { ...step, error: shortError(error) };
  }

  /** Whatever is still under way has failed with this; null: it ended well. */
  endAll(error: CheckError | null): void {
    for (const key of this.#open.keys()) this.end(key, error);
    this.#named = 0;
  }

  /** What was never reached. */
  skip(names: readonly string[]): void {
    const blank = { status: null, phases: null, failures: [], error: null, values: [] };
    for (const name of names.slice(0, CHECK_LIMITS.stepRuns - this.#steps.length))
      this.#steps.push({ name: shortName(name), outcome: 'not-run', startedMs: 0, tookMs: 0, ...blank });
  }

  /** As it stands; what is under way has lasted until now. */
  steps(): StepRun[] {
    const running = new Map([...this.#open.values()].map(({ index, beganMs }) => [index, this.#clock() - beganMs]));
    return this.#steps.map((step, index) => ({ ...step, tookMs: running.get(index) ?? step.tookMs }));
  }
}

export function shortError({ kind, message }: CheckError): CheckError {
  return { kind, message: message.slice(0, CHECK_LIMITS.stepTextLength) };
}

function shortName(name: string): string {
  const line = name.slice(0, 1_000).replace(/\s+/g, ' ').trim();
  return line.length <= CHECK_LIMITS.stepNameLength ? line : `${line.slice(0, CHECK_LIMITS.stepNameLength - 1)}…`;
}
