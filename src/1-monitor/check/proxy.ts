import type { Socket } from 'node:net';
import { connect, type Connected, type Secure, startTls } from '../protocol/connect.ts';
import { readUntil } from '../protocol/read-until.ts';
import type { CheckWorld, HttpRun } from './check-run.ts';
import { seconds } from './describe-result.ts';
import { peerName } from './exchange.ts';
import { fault } from './faults.ts';
import { judgeUnseen } from './judge-unseen.ts';
import { describeProxyHead } from './proxy-faults.ts';
import type { CheckRequest } from './request.ts';
import type { CheckError, CheckProxy, CheckTls } from './spec.ts';
import { parseTarget, type Target } from './target.ts';

const HEAD_END = '\r\n\r\n';
/** Whose fault stays what it is, although it happened on the way to the proxy. */
const NOT_THE_PROXY = new Set<CheckError['kind']>([
  'target-not-allowed',
  'resolver',
  'no-connectivity',
  'out-of-resources',
]);

/**
 * Connects to a target by way of a proxy, whose own address is resolved and guarded like any other. An https target is
 * reached by CONNECT (RFC 9110 §9.3.6), and TLS is spoken with it through the proxy; for an http target the connection is
 * the one to the proxy, which wants requests in absolute form (`throughProxy`). Faults say whose they are.
 */
export async function connectThrough(
  proxy: CheckProxy,
  target: Target,
  secure: Secure,
  run: HttpRun,
  world: CheckWorld,
): Promise<Connected> {
  const parsed = parseTarget(proxy.url);
  if (!parsed.ok) return { ok: false, error: fault('invalid-spec', `the proxy: ${parsed.fault}`) };
  const via = parsed.target;
  const refusal = await judgeUnseen(target, run, world);
  if (refusal !== null) return { ok: false, error: refusal };
  const reached = await connect(via, via.secure ? trustIn(run.spec.tls) : null, run, world);
  // That of the proxy says nothing of the target's.
  run.certificateExpiresAtMs = null;
  if (!reached.ok) return { ok: false, error: ofProxy(reached.error, via) };
  if (secure === null) return reached;
  const error = await openTunnel(reached.socket, proxy, via, target, run);
  if (error !== null) {
    reached.socket.destroy();
    return { ok: false, error };
  }
  const opened = await startTls(reached.socket, target, secure, run, world);
  if (opened.ok) return opened;
  const { kind, message } = opened.error;
  const peer = peerName(reached.address, target.port);
  return {
    ok: false,
    error: fault(kind, `${message.replace(peer, target.url.host)} (through the proxy ${via.url.host})`),
  };
}

/** A request as a proxy takes it that is to fetch an http address. */
export function throughProxy(request: CheckRequest, { url }: Target, { authorization }: CheckProxy): CheckRequest {
  const account = authorization === null ? [] : [['proxy-authorization', authorization] as const];
  const others = request.headers.filter(([name]) => name !== 'proxy-authorization');
  return { ...request, path: `http://${url.host}${request.path}`, headers: [...others, ...account] };
}

/** `skipVerification` is said of the target: who is given the proxy's account has to be the proxy. */
function trustIn(tls: CheckTls = {}): Secure {
  const { caPem, minVersion } = tls;
  const trusted = { ...(caPem === undefined ? {} : { caPem }), ...(minVersion === undefined ? {} : { minVersion }) };
  return { tls: trusted, verify: true, alpn: ['http/1.1'] };
}

function ofProxy({ kind, message }: CheckError, { url }: Target): CheckError {
  return fault(NOT_THE_PROXY.has(kind) ? kind : 'proxy', `the proxy ${url.host} cannot be used: ${message}`);
}

async function openTunnel(
  socket: Socket,
  { authorization }: CheckProxy,
  via: Target,
  target: Target,
  run: HttpRun,
): Promise<CheckError | null> {
  const beganMs = performance.now();
  const { firstByteMs, transferMs, tcpMs } = run.phases;
  const place = peerName(target.host, target.port);
  const account = authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${account}\r\n`);
  const closed = fault('proxy', `the proxy ${via.url.host} closed the connection when it was asked for ${place}`);
  const { error, bytes } = await readUntil(socket, via, run, (heard) => heard.includes(HEAD_END), closed);
  // All this is the way to the target, not its answer.
  Object.assign(run.phases, { firstByteMs, transferMs, tcpMs: (tcpMs ?? 0) + performance.now() - beganMs });
  if (error?.kind === 'timeout') {
    const time = seconds(run.spec.timeoutMs);
    return fault('timeout', `the proxy ${via.url.host} did not say within ${time} that it reached ${place}`);
  }
  if (error !== null)
    return error.kind === 'proxy' ? error : fault('proxy', `the proxy ${via.url.host}: ${error.message}`);
  const end = bytes.indexOf(HEAD_END);
  const refusal = describeProxyHead(bytes.toString('latin1', 0, end), via.url.host, place, authorization !== null);
  if (refusal !== null) return refusal;
  // TLS servers wait for us: what comes before is nobody's.
  return bytes.length === end + HEAD_END.length
    ? null
    : fault('proxy', `the proxy ${via.url.host} sent something before anything was asked of ${place}`);
}
