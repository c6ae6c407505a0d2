import { ChunkedBody } from './chunked-body.ts';
import { parseHead, type ResponseHead } from './response-head.ts';
import type { TargetFault } from './spec.ts';

export interface ParserLimits {
  readonly headBytes: number;
  readonly headers: number;
  /** A longer body is a fault. */
  readonly bodyBytes: number;
  /** How much of the body is kept; the rest is only counted. */
  readonly keepBytes: number;
}

export interface ParseFault {
  /** `protocol` may be the parser's mistake; the others are limits and facts. */
  readonly kind: TargetFault & ('protocol' | 'headers-too-large' | 'body-too-large' | 'truncated');
  readonly message: string;
}

type Step = 'head' | 'body' | 'done' | 'fault';

const HEAD_END = '\r\n\r\n';
const NO_BYTES = Buffer.alloc(0);
const FIRST_ROOM_BYTES = 65_536;
const MAX_INTERIM_RESPONSES = 20;

/**
 * Reads one final HTTP/1.x response from pieces cut anywhere (RFC 9112); interim ones (1xx) are skipped. Pieces are
 * copied where kept, so their memory may be reused. Bytes after the response are ignored.
 */
export class ResponseParser {
  head: ResponseHead | null = null;
  fault: ParseFault | null = null;
  /** Body bytes received, without transfer coding. */
  bodyBytes = 0;
  readonly #headRequest: boolean;
  readonly #limits: ParserLimits;
  #kept = NO_BYTES;
  #keptBytes = 0;
  #step: Step = 'head';
  #headText = '';
  #interim = 0;
  #chunks: ChunkedBody | null = null;

  constructor(headRequest: boolean, limits: ParserLimits) {
    this.#headRequest = headRequest;
    this.#limits = limits;
  }

  /** True when the response is complete or faulty, and no more bytes are wanted. */
  get settled(): boolean {
    return this.#step === 'done' || this.#step === 'fault';
  }

  /** The kept start of the body. */
  body(): Buffer {
    return this.#kept.subarray(0, this.#keptBytes);
  }

  push(bytes: Buffer): void {
    let rest: Buffer | null = bytes;
    while (rest !== null && rest.length > 0 && this.#step === 'head') rest = this.#takeHead(rest);
    if (rest !== null && rest.length > 0 && this.#step === 'body') this.#takeBody(rest);
  }

  /** The other side has closed. */
  end(): void {
    if (this.settled) return;
    if (this.#step === 'body' && this.head?.framing.kind === 'until-close') this.#step = 'done';
    else if (this.#step === 'body')
      this.#fail('truncated', `the connection closed in the middle of the body${this.#progress()}`);
    else if (this.#headText === '') this.#fail('truncated', 'the connection closed without an answer');
    else this.#fail('truncated', 'the connection closed in the middle of the headers');
  }

  /** What follows the head, or null when all is consumed. */
  #takeHead(bytes: Buffer): Buffer | null {
    const before = this.#headText.length;
    // Search only what is new, with the three characters that may belong to a cut end.
    let text =
      this.#headText + bytes.toString('latin1', 0, Math.min(bytes.length, this.#limits.headBytes + 4 - before));
    let dropped = 0;
    while (text.startsWith('\r\n')) {
      text = text.slice(2);
      dropped += 2;
    }
    const end = text.indexOf(HEAD_END, Math.max(0, before - dropped - 3));
    if (end > this.#limits.headBytes || (end === -1 && text.length > this.#limits.headBytes)) {
      this.#fail('headers-too-large', `headers longer than ${this.#limits.headBytes} bytes`);
      return null;
    }
    if (end === -1) {
      this.#headText = text;
      if (/(?:^|[^\r])\n/.test(text)) this.#fail('protocol', 'a header line that ends without CR LF');
      return null;
    }
    this.#headText = '';
    this.#begin(text.slice(0, end));
    return bytes.subarray(end + HEAD_END.length + dropped - before);
  }

  #begin(text: string): void {
    const parsed = parseHead(text, this.#headRequest, this.#limits.headers);
    if (!parsed.ok) return this.#fail(parsed.kind, parsed.fault);
    const { head } = parsed;
    if (head.status < 200 && head.status !== 101) {
      this.#interim += 1;
      if (this.#interim > MAX_INTERIM_RESPONSES)
        this.#fail('headers-too-large', `more than ${MAX_INTERIM_RESPONSES} interim responses`);
      return;
    }
    this.head = head;
    const { framing } = head;
    this.#step = framing.kind === 'none' || (framing.kind === 'length' && framing.bytes === 0) ? 'done' : 'body';
    if (framing.kind === 'length' && framing.bytes > this.#limits.bodyBytes) this.#tooLarge();
    if (framing.kind === 'chunked') this.#chunks = new ChunkedBody(this.#limits.headBytes, (data) => this.#keep(data));
  }

  #takeBody(bytes: Buffer): void {
    const framing = this.head?.framing;
    if (this.#chunks !== null) {
      const fault = this.#chunks.push(bytes);
      if (this.#step !== 'body') return;
      if (fault !== null) this.#fail('protocol', fault);
      else if (this.#chunks.done) this.#step = 'done';
    } else if (framing?.kind === 'length') {
      this.#keep(bytes.subarray(0, framing.bytes - this.bodyBytes));
      if (this.bodyBytes === framing.bytes) this.#step = 'done';
    } else {
      this.#keep(bytes);
    }
  }

  #keep(bytes: Buffer): void {
    this.bodyBytes += bytes.length;
    if (this.bodyBytes > this.#limits.bodyBytes) return this.#tooLarge();
    const wanted = Math.min(this.#keptBytes + bytes.length, this.#limits.keepBytes);
    if (wanted > this.#kept.length) this.#grow(wanted);
    this.#keptBytes += bytes.copy(this.#kept, this.#keptBytes, 0, wanted - this.#keptBytes);
  }

  /** One buffer that doubles: a body of tiny chunks must not become a million objects. */
  #grow(wanted: number): void {
    const framing = this.head?.framing;
    const expected = framing?.kind === 'length' ? Math.min(framing.bytes, FIRST_ROOM_BYTES) : 0;
    const room = Math.min(Math.max(wanted, expected, this.#kept.length * 2), this.#limits.keepBytes);
    const grown = Buffer.allocUnsafe(room);
    this.#kept.copy(grown, 0, 0, this.#keptBytes);
    this.#kept = grown;
  }

  #tooLarge(): void {
    this.#fail('body-too-large', `the body is longer than ${this.#limits.bodyBytes} bytes, the limit of this check`);
  }

  #progress(): string {
    const framing = this.head?.framing;
    return framing?.kind === 'length' ? ` (${this.bodyBytes} of ${framing.bytes} bytes)` : '';
  }

  #fail(kind: ParseFault['kind'], message: string): void {
    if (this.#step === 'fault') return;
    this.#step = 'fault';
    this.fault = { kind, message };
  }
}
