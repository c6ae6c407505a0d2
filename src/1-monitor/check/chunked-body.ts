import { parseFields } from './response-head.ts';

type Step = 'size' | 'data' | 'data-end' | 'trailers' | 'done';

const CR = 13;
const LF = 10;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,13})[ \t]*(?:;[^\r\n]*)?$/;
const NO_BYTES = Buffer.alloc(0);

/** Decodes the chunked transfer coding (RFC 9112 §7.1) from pieces cut anywhere. Lines end with CR LF, nothing else. */
export class ChunkedBody {
  readonly #maxLineBytes: number;
  readonly #onData: (bytes: Buffer) => void;
  #step: Step = 'size';
  #left = 0;
  #line = '';
  #trailerBytes = 0;
  readonly #trailers: string[] = [];

  constructor(maxLineBytes: number, onData: (bytes: Buffer) => void) {
    this.#maxLineBytes = maxLineBytes;
    this.#onData = onData;
  }

  get done(): boolean {
    return this.#step === 'done';
  }

  /** A sentence when the bytes are not chunks, else null. What follows the last chunk is ignored. */
  push(bytes: Buffer): string | null {
    let rest = bytes;
    while (rest.length > 0 && this.#step !== 'done') {
      if (this.#step === 'data') {
        const taken = rest.subarray(0, this.#left);
        this.#left -= taken.length;
        this.#onData(taken);
        rest = rest.subarray(taken.length);
        if (this.#left === 0) this.#step = 'data-end';
        continue;
      }
      const next = this.#takeLine(rest);
      if (typeof next === 'string') return next;
      rest = next;
    }
    return null;
  }

  /** Consumes up to the end of a line; what is left of the bytes, or a sentence. */
  #takeLine(bytes: Buffer): Buffer | string {
    const end = bytes.indexOf(LF);
    this.#line += bytes.toString('latin1', 0, end === -1 ? bytes.length : end + 1);
    if (this.#line.length > this.#maxLineBytes) return `a chunk line longer than ${this.#maxLineBytes} bytes`;
    if (end === -1) return NO_BYTES;
    if (this.#line.charCodeAt(this.#line.length - 2) !== CR) return 'a chunk line that ends without CR LF';
    const line = this.#line.slice(0, -2);
    this.#line = '';
    return this.#lineFault(line) ?? bytes.subarray(end + 1);
  }

  #lineFault(line: string): string | null {
    if (this.#step === 'data-end') {
      this.#step = 'size';
      return line === '' ? null : 'a chunk longer than its size';
    }
    if (this.#step === 'trailers') return this.#trailerFault(line);
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (size === undefined) return `not a chunk size: "${line.slice(0, 40)}"`;
    this.#left = Number.parseInt(size, 16);
    this.#step = this.#left === 0 ? 'trailers' : 'data';
    return null;
  }

  #trailerFault(line: string): string | null {
    if (line === '') {
      this.#step = 'done';
      const fields = parseFields(this.#trailers, 0);
      return typeof fields === 'string' ? fields : null;
    }
    this.#trailerBytes += line.length;
    if (this.#trailerBytes > this.#maxLineBytes) return `trailers longer than ${this.#maxLineBytes} bytes`;
    this.#trailers.push(line);
    return null;
  }
}
