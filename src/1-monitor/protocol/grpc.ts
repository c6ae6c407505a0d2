import { type ClientHttp2Session, connect as connectHttp2, constants, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { remainingMs, type CheckRun } from '../check/check-run.ts';
import { describeTimeout, fault } from '../check/faults.ts';
import { outliveStream } from '../check/outlive-stream.ts';
import type { CheckError } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { connect } from './connect.ts';
import { healthRequest, readHealth } from './grpc-health.ts';
import type { Protocol } from './protocol.ts';
import { trustOf } from './trust.ts';

const MAX_BODY_BYTES = 65_536;

/** Codes of gRPC that mean something else here than their name; the others are said as they are. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  5: 'the server knows no service of that name',
  12: 'the server has no health service (grpc.health.v1)',
  16: 'the server does not let us in',
};

/** Up when the server says that it, or the service asked for, is serving. */
export const askGrpc: Protocol<'grpc'> = async (spec, target, run, world) => {
  const { options } = spec;
  const secure = target.secure ? { ...trustOf(options), alpn: ['h2'] } : null;
  const connected = await connect(target, secure, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const said = await call(connected.socket, target, options, run).finally(() => connected.socket.destroy());
  if (said.error !== null) return { error: said.error, received: said.text === '' ? null : bodyOf(said.text) };
  return { error: null, received: bodyOf(said.text) };
};

function bodyOf(text: string) {
  return { status: null, headers: [], body: Buffer.from(text) };
}

interface Said {
  readonly error: CheckError | null;
  readonly text: string;
}

function call(socket: Socket, target: Target, options: ProtocolOptions['grpc'], run: CheckRun): Promise<Said> {
  const beganMs = performance.now();
  return new Promise((resolve) => {
    // The authority is only what the server reads; the connection stands already.
    const authority = `${target.secure ? 'https' : 'http'}://${target.url.host}`;
    const session: ClientHttp2Session = connectHttp2(authority, { createConnection: () => socket });
    const chunks: Buffer[] = [];
    let size = 0;
    let trailers: IncomingHttpHeaders = {};
    const done = (said: Said): void => {
      run.deadline.onPass = null;
      session.destroy();
      resolve(said);
    };
    const failed = (error: CheckError) => done({ error, text: '' });
    run.deadline.onPass = () => failed(describeTimeout(run.spec.timeoutMs, 'first-byte'));
    if (run.deadline.passed) return failed(describeTimeout(run.spec.timeoutMs, 'first-byte'));
    session.on('error', (error: NodeJS.ErrnoException) => failed(describeSessionError(error)));
    session.on('close', () => failed(fault('truncated', 'the connection was closed before the answer was whole')));
    const stream = session.request(requestHeaders(options, run));
    outliveStream(session, stream);
    const heard = (headers: IncomingHttpHeaders): void => {
      run.phases.firstByteMs ??= performance.now() - beganMs;
      trailers = { ...trailers, ...headers };
    };
    stream.on('response', heard);
    stream.on('trailers', heard);
    stream.on('error', (error: NodeJS.ErrnoException) => failed(describeSessionError(error)));
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return failed(fault('body-too-large', 'the answer is longer than one about health'));
      chunks.push(chunk);
    });
    stream.on('end', () => done(judge(trailers, Buffer.concat(chunks), options.service, target.secure)));
    stream.end(healthRequest(options.service));
  });
}

function requestHeaders({ authorization }: ProtocolOptions['grpc'], run: CheckRun) {
  return {
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    [constants.HTTP2_HEADER_PATH]: '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': `${Math.max(1, Math.round(remainingMs(run)))}m`,
    'user-agent': 'Allclear-Check/1',
    ...(authorization === null ? {} : { authorization }),
  };
}

function judge(headers: IncomingHttpHeaders, body: Buffer, service: string | null, secure: boolean): Said {
  const http = headers[':status'];
  if (http === undefined) {
    const hint = secure ? '' : ' (where it wants TLS, write grpcs://)';
    return { error: fault('reset', `the connection was closed before it answered${hint}`), text: '' };
  }
  const status = headers['grpc-status'];
  if (Number(http) !== 200)
    return { error: fault('answer', `expected status 200, got ${http}: it answers HTTP/2, but not gRPC`), text: '' };
  if (typeof status !== 'string') return { error: fault('protocol', 'the answer is not one of gRPC'), text: '' };
  if (status !== '0') {
    const message = decodeMessage(headers['grpc-message']);
    const words = STATUS_WORDS[status] ?? `the server answered with gRPC status ${status.slice(0, 10)}`;
    const text = `grpc-status ${status.slice(0, 10)}${message === '' ? '' : `: ${message}`}`;
    return { error: fault('answer', message === '' ? words : `${words}: ${message}`), text };
  }
  const serving = readHealth(body);
  if (serving === null) return { error: fault('protocol', 'the answer is none about health'), text: '' };
  if (serving === 'serving') return { error: null, text: serving };
  return { error: fault('answer', `${service ?? 'the server'} says that it is ${serving}`), text: serving };
}

/** Percent-encoded by the protocol; bounded here. */
function decodeMessage(message: string | string[] | undefined): string {
  if (typeof message !== 'string') return '';
  try {
    return decodeURIComponent(message).slice(0, 200);
  } catch {
    return message.slice(0, 200);
  }
}

function describeSessionError(error: NodeJS.ErrnoException): CheckError {
  if (error.code === 'ECONNRESET') return fault('reset', 'the other side reset the connection');
  return fault('protocol', `the other side does not speak HTTP/2 as gRPC needs it: ${error.message.slice(0, 160)}`);
}
