/** How recent an answer from a public address must be to prove that we are connected. */
const RECENT_MS = 5_000;
const WITNESS_MS = 1_000;

/**
 * Tells a silent target from our own missing connection. Asked only after a public address did not answer at all. We
 * are held to be cut off when no other public address answered in the last 5 s and the name servers, which answered
 * before, are silent as well: with less evidence the target's silence counts.
 */
export class Connectivity {
  readonly #witness: () => Promise<boolean>;
  #reachedMs = -Infinity;
  #witnessAnswered = false;
  #asking: Promise<boolean> | null = null;
  #asked: { readonly atMs: number; readonly answered: boolean } | null = null;

  /** `witness`: does somebody far away answer? Asked now and then, one question at a time. */
  constructor(witness: () => Promise<boolean>) {
    this.#witness = witness;
  }

  /** A public address was connected to. */
  reached(): void {
    this.#reachedMs = performance.now();
  }

  async isCutOff(): Promise<boolean> {
    if (performance.now() - this.#reachedMs < RECENT_MS) return false;
    const answered = await this.#askWitness();
    return !answered && this.#witnessAnswered && performance.now() - this.#reachedMs >= RECENT_MS;
  }

  /** Learns once whether the witness is one that answers at all. */
  async prepare(): Promise<void> {
    await this.#askWitness();
  }

  async #askWitness(): Promise<boolean> {
    if (this.#asked !== null && performance.now() - this.#asked.atMs < RECENT_MS) return this.#asked.answered;
    this.#asking ??= Promise.race([this.#witness(), silence()]);
    const answered = await this.#asking;
    this.#asking = null;
    this.#asked = { atMs: performance.now(), answered };
    if (answered) this.#witnessAnswered = true;
    return answered;
  }
}

function silence(): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), WITNESS_MS);
  });
}
