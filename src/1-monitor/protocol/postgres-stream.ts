import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const HEAD_BYTES = 5;
const MAX_BYTES = 1_048_576;
const MAX_MESSAGES = 5_000;

/** Why a server's talk was cut off. */
export class NotAllowed extends Error {
  readonly kind: 'body-too-large' | 'protocol';

  constructor(kind: 'body-too-large' | 'protocol', message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * A connection that stands, for the driver, which wants to open its own. What comes is let through while it is a few
 * well-formed messages: the driver makes an object of each, and of each that is none as well.
 */
export class PostgresStream extends Duplex {
  readonly #socket: Socket;
  #head = Buffer.alloc(0);
  #bodyBytes = 0;
  #bytes = 0;
  #messages = 0;

  constructor(socket: Socket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.resume();
  }

  /** Heard of in the next turn, as a new one would be. */
  connect(): this {
    setImmediate(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    const fault = this.#faultOf(chunk);
    if (fault === null) this.push(chunk);
    else this.destroy(fault);
  }

  #faultOf(chunk: Buffer): NotAllowed | null {
    this.#bytes += chunk.length;
    if (this.#bytes > MAX_BYTES)
      return new NotAllowed('body-too-large', `the answer is longer than ${MAX_BYTES} bytes`);
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#bodyBytes, chunk.length - at);
      this.#bodyBytes -= skipped;
      at += skipped;
      if (at >= chunk.length) break;
      const part = chunk.subarray(at, at + HEAD_BYTES - this.#head.length);
      this.#head = Buffer.concat([this.#head, part]);
      at += part.length;
      if (this.#head.length < HEAD_BYTES) break;
      const length = this.#head.readInt32BE(1);
      if (!/[A-Za-z0-9]/.test(String.fromCharCode(this.#head.readUInt8(0))) || length < 4)
        return new NotAllowed('protocol', 'what came is no message of a PostgreSQL server');
      this.#messages += 1;
      if (this.#messages > MAX_MESSAGES) return new NotAllowed('body-too-large', `more than ${MAX_MESSAGES} rows came`);
      this.#bodyBytes = length - 4;
      this.#head = Buffer.alloc(0);
    }
    return null;
  }
}
