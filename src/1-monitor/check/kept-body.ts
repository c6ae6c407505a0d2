const NO_BYTES = Buffer.alloc(0);

/** The start of a body, in one buffer that doubles: tiny pieces must not become a million objects. */
export class KeptBody {
  /** Received, kept or not. */
  bytes = 0;
  readonly #keepBytes: number;
  #kept = NO_BYTES;
  #keptBytes = 0;

  constructor(keepBytes: number) {
    this.#keepBytes = keepBytes;
  }

  push(piece: Buffer): void {
    this.bytes += piece.length;
    const wanted = Math.min(this.#keptBytes + piece.length, this.#keepBytes);
    if (wanted > this.#kept.length) this.#grow(wanted);
    this.#keptBytes += piece.copy(this.#kept, this.#keptBytes, 0, wanted - this.#keptBytes);
  }

  body(): Buffer {
    return this.#kept.subarray(0, this.#keptBytes);
  }

  #grow(wanted: number): void {
    const grown = Buffer.allocUnsafe(Math.min(Math.max(wanted, this.#kept.length * 2), this.#keepBytes));
    this.#kept.copy(grown, 0, 0, this.#keptBytes);
    this.#kept = grown;
  }
}
