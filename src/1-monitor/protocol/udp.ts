import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { noteReached } from '../check/check-run.ts';
import { peerName } from '../check/exchange.ts';
import { describeSocketError, describeTimeout, fault, type FaultScene } from '../check/faults.ts';
import { findAddresses } from '../check/find-addresses.ts';
import { settle } from './connect.ts';
import { unescape } from './escapes.ts';
import type { Protocol } from './protocol.ts';

const MAX_BYTES = 262_144;

/** Up when an answer comes from where the datagram went, with what is expected. */
export const askUdp: Protocol<'udp'> = async (spec, target, run, world) => {
  const { send, expect } = spec.options;
  const found = await findAddresses(target, run, world);
  if (!found.ok) return { error: found.error, received: null };
  const [address] = found.addresses;
  if (address === undefined) return { error: fault('name-not-found', `${target.host} has no address`), received: null };
  run.address = address;
  const scene: FaultScene = { peer: peerName(address, target.port), host: target.host, step: 'first-byte' };
  const wanted = expect === null ? null : unescape(expect);
  const beganMs = performance.now();
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  let bytes = Buffer.alloc(0);
  const error = await settle(run, 'first-byte', (done) => {
    socket.on('error', (failure) => done(describeSocketError(failure, scene)));
    socket.on('message', (datagram) => {
      run.phases.firstByteMs ??= performance.now() - beganMs;
      bytes = Buffer.concat([bytes, datagram]);
      if (wanted === null || datagram.includes(wanted)) done(null);
      else if (bytes.length > MAX_BYTES) done(fault('body-too-large', `more than ${MAX_BYTES} bytes came, without it`));
    });
    // Connected: datagrams of others are not heard, and a closed port is an error.
    socket.connect(target.port, address, () => socket.send(unescape(send ?? '')));
  });
  socket.close();
  if (bytes.length > 0) noteReached(address, run, world);
  const received = bytes.length === 0 ? null : { status: null, headers: [], body: bytes };
  if (error?.kind !== 'timeout') return { error, received };
  if (wanted === null || bytes.length === 0) return { error: describeTimeout(spec.timeoutMs, 'first-byte'), received };
  return { error: fault('timeout', `“${expect}” did not come in time, but something else`), received };
};
