import type { Socket } from 'node:net';
import type { CheckRun } from '../check/check-run.ts';
import { peerName } from '../check/exchange.ts';
import { describeSocketError, fault, type FaultScene } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import { settle } from './connect.ts';

/** What came, whole or as far as it came before the error. */
export interface Heard {
  readonly error: CheckError | null;
  readonly bytes: Buffer;
}

const MAX_BYTES = 262_144;

/**
 * Reads until `enough` says so of everything that came, the peer closes, or the check's time is over. `closed`: what a
 * close before that means; null = the end of an answer.
 */
export async function readUntil(
  socket: Socket,
  target: Target,
  run: CheckRun,
  enough: (bytes: Buffer) => boolean,
  closed: CheckError | null,
): Promise<Heard> {
  const scene: FaultScene = {
    peer: peerName(run.address ?? target.host, target.port),
    host: target.host,
    step: 'first-byte',
  };
  const beganMs = performance.now();
  let bytes = Buffer.alloc(0);
  let firstByteMs: number | null = null;
  const take: { onData: (chunk: Buffer) => void; onEnd: () => void } = { onData: () => {}, onEnd: () => {} };
  const error = await settle(run, 'first-byte', (done) => {
    take.onData = (chunk) => {
      firstByteMs ??= performance.now() - beganMs;
      bytes = Buffer.concat([bytes, chunk]);
      if (enough(bytes)) done(null);
      else if (bytes.length > MAX_BYTES) done(fault('body-too-large', `the answer is longer than ${MAX_BYTES} bytes`));
    };
    take.onEnd = () => done(closed);
    socket.on('data', take.onData);
    socket.on('end', take.onEnd);
    socket.on('close', take.onEnd);
    socket.on('error', (failure) => done(describeSocketError(failure, scene)));
    // Paused since what was read before.
    socket.resume();
  });
  socket.off('data', take.onData);
  socket.off('end', take.onEnd);
  socket.off('close', take.onEnd);
  socket.pause();
  if (firstByteMs !== null) {
    run.phases.firstByteMs = (run.phases.firstByteMs ?? 0) + firstByteMs;
    run.phases.transferMs = (run.phases.transferMs ?? 0) + performance.now() - beganMs - firstByteMs;
  }
  return { error, bytes };
}
