import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { CheckRun } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import { connect } from './connect.ts';
import type { Protocol } from './protocol.ts';
import { readUntil } from './read-until.ts';
import { trustOf } from './trust.ts';
import { type Frame, framesIn, textFrame } from './websocket-frames.ts';

type Options = ProtocolOptions['websocket'];

/** RFC 6455 §1.3. */
const ACCEPT_SALT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MAX_HEAD_BYTES = 65_536;
const HEAD_END = Buffer.from('\r\n\r\n');

/** Up when the handshake succeeds and, where a message is expected, that comes. */
export const askWebsocket: Protocol<'websocket'> = async (spec, target, run, world) => {
  const { options } = spec;
  const secure = target.secure ? trustOf(options) : null;
  const connected = await connect(target, secure, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  const { socket } = connected;
  try {
    const opened = await shakeHands(socket, target, options, run);
    if (opened.error !== null) return { error: opened.error, received: bodyOf(opened.head) };
    if (options.send !== null) socket.write(textFrame(options.send, randomBytes(4)));
    // Without anything expected, an assertion on the answer still wants to see one.
    const listens = options.expect !== null || spec.assertions.some(({ kind }) => kind === 'body');
    if (!listens) return { error: null, received: bodyOf('') };
    return await awaitMessage(socket, target, opened.rest, options.expect, run);
  } finally {
    socket.destroy();
  }
};

function bodyOf(text: string) {
  return { status: null, headers: [], body: Buffer.from(text) };
}

async function shakeHands(
  socket: Socket,
  target: Target,
  options: Options,
  run: CheckRun,
): Promise<{ readonly error: CheckError | null; readonly head: string; readonly rest: Buffer }> {
  const key = randomBytes(16).toString('base64');
  socket.write(handshake(target, options, key));
  const closed = fault('truncated', 'the connection was closed during the handshake');
  const isEnough = (bytes: Buffer) => bytes.length > MAX_HEAD_BYTES || bytes.includes(HEAD_END);
  const heard = await readUntil(socket, target, run, isEnough, closed);
  const end = heard.bytes.indexOf(HEAD_END);
  const head = heard.bytes.subarray(0, end === -1 ? MAX_HEAD_BYTES : end).toString('latin1');
  const rest = end === -1 ? Buffer.alloc(0) : heard.bytes.subarray(end + HEAD_END.length);
  return { error: heard.error ?? describeHandshake(head, end !== -1, key), head, rest };
}

function handshake(target: Target, { headers, authorization, subprotocol }: Options, key: string): string {
  const { url } = target;
  const lines = [
    `GET ${url.pathname === '' ? '/' : url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    ...(subprotocol === null ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
    ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function describeHandshake(head: string, isWhole: boolean, key: string): CheckError | null {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status === undefined || !isWhole) return fault('protocol', 'the answer to the handshake is not valid HTTP');
  if (status !== '101') return fault('answer', `expected status 101 (switching protocols), got ${status}`);
  const accept = /^sec-websocket-accept:[ \t]*([^\r\n]*?)[ \t]*$/im.exec(head)?.[1];
  const expected = createHash('sha1').update(`${key}${ACCEPT_SALT}`).digest('base64');
  return accept === expected
    ? null
    : fault('protocol', 'the handshake was answered for somebody else (wrong accept key)');
}

/** `rest`: what came right after the handshake. */
async function awaitMessage(socket: Socket, target: Target, rest: Buffer, expect: string | null, run: CheckRun) {
  let frames: readonly Frame[] | null = [];
  const isEnough = (bytes: Buffer): boolean => {
    frames = framesIn(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]));
    if (frames === null || frames.some(({ kind }) => kind === 'close')) return true;
    return frames.some(({ kind, text }) => kind === 'message' && (expect === null || text.includes(expect)));
  };
  const closed = fault('truncated', 'the connection was closed before the message came');
  const heard = isEnough(Buffer.alloc(0)) ? null : await readUntil(socket, target, run, isEnough, closed);
  const came: readonly Frame[] = frames ?? [];
  const received = bodyOf(
    came
      .filter(({ kind }) => kind === 'message')
      .map(({ text }) => text)
      .join('\n'),
  );
  if (frames === null) return { error: fault('protocol', 'what came is no WebSocket message'), received };
  if (heard !== null && heard.error !== null) {
    const missing = expect === null ? 'no message came' : `“${expect}” did not come`;
    return { error: heard.error.kind === 'timeout' ? fault('timeout', `${missing} in time`) : heard.error, received };
  }
  const last = came.at(-1);
  const isThere = came.some(({ kind, text }) => kind === 'message' && (expect === null || text.includes(expect)));
  if (isThere) return { error: null, received };
  return {
    error: fault('answer', `the other side closed instead: ${last?.text.slice(0, 120) || 'no reason'}`),
    received,
  };
}
