/** How late checks start, over one reporting period: bounded memory, exact to a millisecond up to one second. */
export class LatenessMeter {
  readonly #counts = new Uint32Array(1_001);
  #started = 0;
  #inPeriod = 0;
  #maxMs = 0;

  record(latenessMs: number): void {
    const bounded = Math.max(0, latenessMs);
    const slot = Math.min(Math.ceil(bounded), this.#counts.length - 1);
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    this.#started += 1;
    this.#inPeriod += 1;
    if (bounded > this.#maxMs) this.#maxMs = bounded;
  }

  /** `checksStarted` is of all time; the others are since the last call. */
  take(): { checksStarted: number; latenessP99Ms: number; latenessMaxMs: number } {
    let above = Math.floor(this.#inPeriod / 100);
    let slot = this.#counts.length - 1;
    while (slot > 0 && (this.#counts[slot] ?? 0) <= above) {
      above -= this.#counts[slot] ?? 0;
      slot -= 1;
    }
    const taken = {
      checksStarted: this.#started,
      latenessP99Ms: slot === this.#counts.length - 1 ? this.#maxMs : slot,
      latenessMaxMs: this.#maxMs,
    };
    this.#counts.fill(0);
    this.#inPeriod = 0;
    this.#maxMs = 0;
    return taken;
  }
}
