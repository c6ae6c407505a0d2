import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { connect, type Connected } from '../protocol/connect.ts';
import type { Asked } from './answer.ts';
import { keepBytesOf, parserFor, receivedOf } from './ask-target.ts';
import { remainingMs, type CheckWorld, type HttpRun } from './check-run.ts';
import { peerName } from './exchange.ts';
import { fault, type FaultScene } from './faults.ts';
import { exchangeHttp1 } from './http1-exchange.ts';
import { exchangeHttp2 } from './http2-exchange.ts';
import { askNodeOver } from './node-exchange.ts';
import { connectThrough, throughProxy } from './proxy.ts';
import { describeProxyAnswer } from './proxy-faults.ts';
import { type PreparedRequest, requestBytes } from './request.ts';
import type { CheckError, CheckProxy, CheckTls } from './spec.ts';
import type { Target } from './target.ts';

const SYSTEM_TLS: CheckTls = {};
const BY_ALPN = { '1.1': ['http/1.1'], '2': ['h2', 'http/1.1'], auto: ['h2', 'http/1.1'] } as const;

/**
 * Asks a target once where more than plain HTTP/1.1 is wanted: connects first, and speaks the version that was agreed on.
 * What most monitors ask takes the shorter way of `askTarget`.
 */
export async function askConnected(
  target: Target,
  prepared: PreparedRequest,
  run: HttpRun,
  world: CheckWorld,
): Promise<Asked> {
  const wanted = run.spec.httpVersion ?? '1.1';
  const { proxy } = run.spec;
  run.connection = { httpVersion: null, proxy: proxy?.url ?? null };
  if (proxy !== undefined && wanted === '2' && !target.secure)
    return {
      error: fault('invalid-spec', 'through a proxy, HTTP/2 is spoken with https addresses only'),
      received: null,
    };
  const opened = await open(target, BY_ALPN[wanted], run, world);
  if (!opened.ok) return { error: opened.error, received: null };
  const { socket, address } = opened;
  const peer = proxy === undefined ? peerName(address, target.port) : target.url.host;
  const scene: FaultScene = { peer, host: target.host, step: 'first-byte' };
  const version = versionOf(socket, wanted);
  if (wanted === '2' && version !== '2') {
    socket.destroy();
    const message = `${target.host} offers no HTTP/2, which this monitor asks by (in TLS it chose ${chosen(socket)})`;
    return { error: fault('protocol', message), received: null };
  }
  const asked =
    version === '2'
      ? await exchangeHttp2(socket, target, prepared.request, keepBytesOf(run), scene, run)
      : await askHttp1(socket, target, prepared, scene, run, world);
  if (asked.received !== null) run.connection = { ...run.connection, httpVersion: version };
  return asked;
}

async function open(target: Target, alpn: readonly string[], run: HttpRun, world: CheckWorld): Promise<Connected> {
  const tls = run.spec.tls ?? SYSTEM_TLS;
  const secure = target.secure ? { tls, verify: tls.skipVerification !== true, alpn } : null;
  const { proxy } = run.spec;
  return proxy === undefined ? connect(target, secure, run, world) : connectThrough(proxy, target, secure, run, world);
}

async function askHttp1(
  socket: Socket,
  target: Target,
  { request, bytes }: PreparedRequest,
  scene: FaultScene,
  run: HttpRun,
  world: CheckWorld,
): Promise<Asked> {
  const parser = parserFor(run);
  const { proxy } = run.spec;
  // A proxy that fetches for us may answer itself; through a tunnel only the target does.
  const fetcher = proxy === undefined || target.secure ? null : proxy;
  const asking = fetcher === null ? request : throughProxy(request, target, fetcher);
  const error = await exchangeHttp1(socket, fetcher === null ? bytes : requestBytes(asking), parser, scene, run);
  const received = receivedOf(parser);
  if (error?.kind !== 'protocol')
    return fetcher === null ? { error, received } : fetched(error, received, target, fetcher);
  // As everywhere: a fault in parsing counts only when node:http finds one too.
  const again = await open(target, BY_ALPN['1.1'], run, world);
  if (!again.ok) return { error: again.error, received: null };
  const limits = { timeoutMs: Math.max(remainingMs(run), 1_000), maxBodyBytes: run.spec.maxBodyBytes };
  const theirs = await askNodeOver(again.socket, asking, limits);
  if (theirs !== null) return { error: null, received: theirs };
  return { error: fault('protocol', `the answer is not valid HTTP: ${error.message}`), received: null };
}

/** The answer of a proxy that fetched for us: its own, or the target's. */
function fetched(error: CheckError | null, received: Asked['received'], target: Target, proxy: CheckProxy): Asked {
  const { host } = new URL(proxy.url);
  if (error !== null) return { error: fault(error.kind, `${error.message} (through the proxy ${host})`), received };
  if (received === null) return { error, received };
  return { error: describeProxyAnswer(received, host, target.url.host, proxy.authorization !== null), received };
}

/** Without TLS nothing is agreed on: HTTP/2 is spoken only where somebody knows that it is understood. */
function versionOf(socket: Socket, wanted: '1.1' | '2' | 'auto'): '1.1' | '2' {
  if (socket instanceof TLSSocket) return socket.alpnProtocol === 'h2' ? '2' : '1.1';
  return wanted === '2' ? '2' : '1.1';
}

function chosen(socket: Socket): string {
  const name = socket instanceof TLSSocket ? socket.alpnProtocol : false;
  return typeof name === 'string' && name !== '' ? name.replace('http/', 'HTTP/').slice(0, 20) : 'nothing';
}
