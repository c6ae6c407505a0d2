import {
  connect as connectHttp2,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import { settle } from '../protocol/connect.ts';
import type { Asked } from './answer.ts';
import type { HttpRun } from './check-run.ts';
import { fault, type FaultScene } from './faults.ts';
import { codeName, describeHttp2Error } from './http2-faults.ts';
import { KeptBody } from './kept-body.ts';
import { CHECK_LIMITS } from './limits.ts';
import { outliveStream } from './outlive-stream.ts';
import type { CheckRequest } from './request.ts';
import { type HeaderFields, headerValue } from './response-head.ts';
import type { CheckError } from './spec.ts';
import type { Target } from './target.ts';

/** Fields of one connection, which HTTP/2 knows nothing of (RFC 9113 §8.2.2) and node:http2 refuses; `host` becomes `:authority`. */
const NOT_SENT = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'te',
]);
const MAX_INTERIM_RESPONSES = 20;
/** What a server may send beside its body: settings, pings and whatever frames there are. */
const MAX_BESIDE_BYTES = 1_048_576;
const LOOK_EVERY_MS = 50;
const MAX_SESSION_MEGABYTES = 4;

/** One request and its response in HTTP/2 over a connection that stands; notes the phases of the answer. */
export async function exchangeHttp2(
  socket: Socket,
  target: Target,
  request: CheckRequest,
  keepBytes: number,
  scene: FaultScene,
  run: HttpRun,
): Promise<Asked> {
  const exchange = new Http2Exchange(socket, target, request, keepBytes, scene, run);
  const error = await settle(
    run,
    () => exchange.step,
    (done) => exchange.begin(done),
  );
  return exchange.end(error);
}

class Http2Exchange {
  readonly #socket: Socket;
  readonly #target: Target;
  readonly #request: CheckRequest;
  readonly #scene: FaultScene;
  readonly #run: HttpRun;
  readonly #body: KeptBody;
  readonly #beganMs = performance.now();
  #session: ClientHttp2Session | null = null;
  #look: NodeJS.Timeout | null = null;
  #firstByteMs: number | null = null;
  #speaks = false;
  #interim = 0;
  #goodbye = false;
  #head: { readonly status: number; readonly headers: HeaderFields } | null = null;

  constructor(
    socket: Socket,
    target: Target,
    request: CheckRequest,
    keepBytes: number,
    scene: FaultScene,
    run: HttpRun,
  ) {
    this.#socket = socket;
    this.#target = target;
    this.#request = request;
    this.#scene = scene;
    this.#run = run;
    this.#body = new KeptBody(keepBytes);
  }

  get step(): FaultScene['step'] {
    return this.#firstByteMs === null ? 'first-byte' : 'transfer';
  }

  begin(done: (error: CheckError | null) => void): void {
    const { secure, url } = this.#target;
    if (this.#socket.destroyed) return done(this.#truncated());
    // Whom it is for stands in the request; the connection stands already.
    const session = connectHttp2(`${secure ? 'https' : 'http'}://${url.host}`, {
      createConnection: () => this.#socket,
      settings: { enablePush: false, maxHeaderListSize: CHECK_LIMITS.responseHeadBytes },
      maxHeaderListPairs: CHECK_LIMITS.responseHeaders,
      maxSessionMemory: MAX_SESSION_MEGABYTES,
      maxReservedRemoteStreams: 0,
    });
    this.#session = session;
    // The session may fail before there is one.
    let asking: ClientHttp2Stream | null = null;
    const failed = (error: NodeJS.ErrnoException): void => {
      // After a goodbye what is under way is refused, which says less than the goodbye.
      if (this.#goodbye && asking?.rstCode === constants.NGHTTP2_REFUSED_STREAM) return done(this.#truncated());
      done(describeHttp2Error(error, { ...this.#scene, step: this.step, speaks: this.#speaks, secure }));
    };
    session.on('remoteSettings', () => (this.#speaks = true));
    session.on('goaway', () => (this.#goodbye = true));
    session.on('error', failed);
    session.on('close', () => done(this.#truncated()));
    const before = this.#socket.bytesRead;
    this.#look = setInterval(() => {
      const most = this.#run.spec.maxBodyBytes + MAX_BESIDE_BYTES;
      if (this.#socket.bytesRead - before > most)
        done(fault('protocol', `${this.#scene.peer} sent more than ${most} bytes, and still no whole answer`));
    }, LOOK_EVERY_MS);
    const stream = session.request(headersOf(this.#request, this.#target), { endStream: this.#request.body === null });
    asking = stream;
    outliveStream(session, stream);
    stream.on('headers', () => {
      this.#firstByte();
      this.#interim += 1;
      if (this.#interim > MAX_INTERIM_RESPONSES)
        done(fault('headers-too-large', `more than ${MAX_INTERIM_RESPONSES} interim responses`));
    });
    // The third argument has every field as it came; the first drops or joins those that came twice.
    stream.on('response', (...[named, , raw]: readonly unknown[]) => {
      this.#firstByte();
      this.#head = { status: statusOf(named), headers: Array.isArray(raw) ? pairsOf(raw) : [] };
    });
    stream.on('error', failed);
    stream.on('data', (piece: Buffer) => {
      this.#firstByte();
      this.#body.push(piece);
      const most = this.#run.spec.maxBodyBytes;
      if (this.#body.bytes > most)
        done(fault('body-too-large', `the body is longer than ${most} bytes, the limit of this check`));
    });
    stream.on('end', () => {
      const cut = (stream.rstCode ?? 0) !== constants.NGHTTP2_NO_ERROR || this.#isShort();
      // What went wrong comes as an error of its own, if it has a name.
      if (cut || this.#head === null) setImmediate(() => done(this.#truncated()));
      else done(null);
    });
    if (this.#request.body !== null) stream.end(this.#request.body);
  }

  end(error: CheckError | null): Asked {
    if (this.#look !== null) clearInterval(this.#look);
    this.#session?.destroy();
    this.#socket.destroy();
    const { phases } = this.#run;
    const tookMs = performance.now() - this.#beganMs;
    if (this.#firstByteMs !== null) {
      phases.firstByteMs = (phases.firstByteMs ?? 0) + this.#firstByteMs;
      phases.transferMs = (phases.transferMs ?? 0) + tookMs - this.#firstByteMs;
    }
    return { error, received: this.#head === null ? null : { ...this.#head, body: this.#body.body() } };
  }

  #firstByte(): void {
    this.#firstByteMs ??= performance.now() - this.#beganMs;
  }

  /** Fewer bytes than were promised, where that can be known. */
  #isShort(): boolean {
    const { status = 0, headers = [] } = this.#head ?? {};
    const length = headerValue(headers, 'content-length');
    if (length === null || this.#request.method === 'HEAD' || status === 204 || status === 304) return false;
    return Number(length) !== this.#body.bytes;
  }

  #truncated(): CheckError {
    const how = this.#goodbye ? `the server said goodbye (GOAWAY, ${codeName(0)})` : 'the connection closed';
    if (this.#head !== null) return fault('truncated', `${how} in the middle of the body`);
    if (this.#speaks || this.#goodbye) return fault('truncated', `${how} without an answer`);
    return fault('truncated', `the connection closed without an answer; perhaps ${this.#scene.peer} speaks no HTTP/2`);
  }
}

function headersOf({ method, path, headers }: CheckRequest, { secure, url }: Target): OutgoingHttpHeaders {
  const host = headers.find(([name]) => name === 'host')?.[1] ?? url.host;
  return {
    [constants.HTTP2_HEADER_METHOD]: method,
    [constants.HTTP2_HEADER_SCHEME]: secure ? 'https' : 'http',
    [constants.HTTP2_HEADER_AUTHORITY]: host,
    [constants.HTTP2_HEADER_PATH]: path,
    ...Object.fromEntries(headers.filter(([name]) => !NOT_SENT.has(name))),
  };
}

function statusOf(named: unknown): number {
  const status = typeof named === 'object' && named !== null ? Reflect.get(named, ':status') : 0;
  return typeof status === 'number' ? status : 0;
}

function pairsOf(raw: readonly unknown[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = String(raw[at]);
    if (!name.startsWith(':')) pairs.push([name.toLowerCase(), String(raw[at + 1])]);
  }
  return pairs;
}
