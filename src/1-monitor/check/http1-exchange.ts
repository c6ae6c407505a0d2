import type { Socket } from 'node:net';
import { settle } from '../protocol/connect.ts';
import type { HttpRun } from './check-run.ts';
import { describeSocketError, type FaultScene } from './faults.ts';
import type { ResponseParser } from './response-parser.ts';
import type { CheckError } from './spec.ts';

/** One request and its response in HTTP/1.1 over a connection that stands; notes the phases of the answer. */
export async function exchangeHttp1(
  socket: Socket,
  request: Buffer,
  parser: ResponseParser,
  scene: FaultScene,
  run: HttpRun,
): Promise<CheckError | null> {
  const beganMs = performance.now();
  let firstByteMs: number | null = null;
  const step = () => (firstByteMs === null ? 'first-byte' : 'transfer');
  const error = await settle(run, step, (done) => {
    socket.on('data', (piece: Buffer) => {
      firstByteMs ??= performance.now() - beganMs;
      parser.push(piece);
      if (parser.settled) done(parser.fault);
    });
    const closed = (): void => {
      parser.end();
      done(parser.fault);
    };
    socket.on('end', closed);
    socket.on('close', closed);
    socket.on('error', (failure) => done(describeSocketError(failure, { ...scene, step: step() })));
    socket.resume();
    socket.write(request);
  });
  socket.destroy();
  if (firstByteMs !== null) {
    run.phases.firstByteMs = (run.phases.firstByteMs ?? 0) + firstByteMs;
    run.phases.transferMs = (run.phases.transferMs ?? 0) + performance.now() - beganMs - firstByteMs;
  }
  return error;
}
