import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectShareMs, noteReached, recordExchange, type CheckRun, type CheckWorld } from '../check/check-run.ts';
import { seconds } from '../check/describe-result.ts';
import { peerName, readCertificate } from '../check/exchange.ts';
import { describeSocketError, describeTimeout, fault, type FaultScene } from '../check/faults.ts';
import { findAddresses, isWorthAnother } from '../check/find-addresses.ts';
import type { CheckError, CheckTls } from '../check/spec.ts';
import type { Target } from '../check/target.ts';

export type Connected =
  | { readonly ok: true; readonly socket: Socket; readonly address: string }
  | { readonly ok: false; readonly error: CheckError };

/** `null`: no TLS. `verify` false: any certificate will do; its end is read all the same. `alpn`: what is spoken in it. */
export type Secure = { readonly tls: CheckTls; readonly verify: boolean; readonly alpn?: readonly string[] } | null;

/** Connects to one of a target's allowed addresses, with TLS where asked for; notes phases, address and certificate. */
export async function connect(target: Target, secure: Secure, run: CheckRun, world: CheckWorld): Promise<Connected> {
  const found = await findAddresses(target, run, world);
  if (!found.ok) return found;
  const { addresses } = found;
  for (const [index, address] of addresses.entries()) {
    run.address = address;
    const last = index === addresses.length - 1;
    const opened = await open(target, address, last, run, world);
    if (!opened.ok && !last && !run.deadline.passed && isWorthAnother(opened.error)) continue;
    if (!opened.ok) return opened;
    noteReached(address, run, world);
    return secure === null ? opened : startTls(opened.socket, target, secure, run, world);
  }
  return { ok: false, error: fault('unreachable', `no address of ${target.host} accepts connections`) };
}

/** Speaks TLS over a connection that stands, as after STARTTLS. On failure the connection is closed. */
export async function startTls(
  plain: Socket,
  target: Target,
  { tls, verify, alpn }: NonNullable<Secure>,
  run: CheckRun,
  world: CheckWorld,
): Promise<Connected> {
  const address = run.address ?? target.host;
  const beganMs = performance.now();
  const scene: FaultScene = { peer: peerName(address, target.port), host: target.host, step: 'tls' };
  // The defaults of OpenSSL: these protocols are checked seldom enough, and some of their servers are old.
  const context = world.contexts.for(tls, true);
  const named = isIP(target.host) === 0 ? { servername: target.host } : {};
  const socket = connectTls({
    socket: plain,
    secureContext: context,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...named,
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  });
  const error = await settle(run, 'tls', (done) => {
    socket.once('secureConnect', () => {
      const seen = readCertificate(socket, target.host);
      run.certificateExpiresAtMs = seen.expiresAtMs;
      done(verify ? seen.error : null);
    });
    socket.on('error', (failure) => done(describeSocketError(failure, scene)));
    socket.on('close', () => done(fault('reset', `${scene.peer} closed the connection (during the TLS handshake)`)));
  });
  if (error !== null) {
    socket.destroy();
    return { ok: false, error };
  }
  run.phases.tlsMs = (run.phases.tlsMs ?? 0) + performance.now() - beganMs;
  return { ok: true, socket, address };
}

async function open(
  target: Target,
  address: string,
  last: boolean,
  run: CheckRun,
  world: CheckWorld,
): Promise<Connected> {
  const beganMs = performance.now();
  const scene: FaultScene = { peer: peerName(address, target.port), host: target.host, step: 'connecting' };
  const socket = connectTcp({ host: address, port: target.port });
  const share = last ? null : world.deadlines.add(beganMs + connectShareMs(run));
  const error = await settle(run, 'connecting', (done) => {
    socket.once('connect', () => done(null));
    socket.on('error', (failure) => done(describeSocketError(failure, scene)));
    socket.on('close', () => done(fault('reset', `${scene.peer} closed the connection (connecting)`)));
    if (share === null) return;
    const message = `${scene.peer} accepted no connection within ${seconds(connectShareMs(run))}`;
    share.onPass = () => done(fault('timeout', message));
  });
  if (share !== null) world.deadlines.remove(share);
  if (error !== null) {
    socket.destroy();
    return { ok: false, error };
  }
  const connectedMs = performance.now() - beganMs;
  const nothing = { securedMs: null, firstByteMs: null, endedMs: connectedMs, certificateExpiresAtMs: null };
  recordExchange(run, { connectedMs, ...nothing });
  return { ok: true, socket, address };
}

/**
 * Waits for one of several things, or for the check's own deadline. What comes later is ignored. Never rejects: what `begin`
 * throws is a fault of ours, so whoever waits closes what it opened as after any other.
 */
export function settle(
  run: CheckRun,
  step: FaultScene['step'] | (() => FaultScene['step']),
  begin: (done: (error: CheckError | null) => void) => void,
): Promise<CheckError | null> {
  return new Promise((resolve) => {
    const done = (error: CheckError | null) => {
      run.deadline.onPass = null;
      resolve(error);
    };
    const late = () => done(describeTimeout(run.spec.timeoutMs, typeof step === 'string' ? step : step()));
    if (run.deadline.passed) return late();
    run.deadline.onPass = late;
    try {
      begin(done);
    } catch (error) {
      done(fault('engine', `the check could not be made: ${error instanceof Error ? error.message : String(error)}`));
    }
  });
}
