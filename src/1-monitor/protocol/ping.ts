import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import type { Asked } from '../check/answer.ts';
import { noteReached, remainingMs, type CheckRun, type CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import { findAddresses } from '../check/find-addresses.ts';
import type { Protocol } from './protocol.ts';
import { type Pinged, readPing } from './read-ping.ts';

/** Node has no ICMP, so the system's own program asks; it has the right to, which we need not have. */
const PROGRAMS = ['/usr/bin/ping', '/bin/ping', '/sbin/ping', '/usr/sbin/ping', '/run/wrappers/bin/ping'];
const INTERVAL_S = 0.2;
/** Before the deadline it is asked for its sums, and a little later ended. */
const SUMS_MS = 100;
const MAX_OUTPUT = 65_536;

/** Up while no more of the echo requests is lost than allowed; the average round trip counts as the time taken. */
export const askPing: Protocol<'ping'> = async (spec, target, run, world) => {
  const found = await findAddresses(target, run, world);
  if (!found.ok) return { error: found.error, received: null };
  const [address] = found.addresses;
  if (address === undefined) return { error: fault('name-not-found', `${target.host} has no address`), received: null };
  run.address = address;
  const program = PROGRAMS.find((path) => existsSync(path));
  if (program === undefined) {
    const message = 'this machine has no program ping; install it (Debian: apt-get install iputils-ping)';
    return { error: fault('not-permitted', message), received: null };
  }
  if (!(await world.pings.take(run.deadline))) {
    const message = 'too many pings wait on this machine; give their monitors longer intervals';
    return { error: fault('out-of-resources', message), received: null };
  }
  try {
    const pinged = await runPing(program, address, spec.options.count, run, world);
    return concludePing(pinged, address, spec.options.lossPercent, run, world);
  } finally {
    world.pings.release();
  }
};

function concludePing(pinged: Pinged, address: string, lossPercent: number, run: CheckRun, world: CheckWorld): Asked {
  if (!pinged.ok) return { error: pinged.error, received: null };
  const { sent, received, roundTripMs, output } = pinged;
  const answer = { status: null, headers: [], body: Buffer.from(output) };
  if (received > 0) noteReached(address, run, world);
  if (roundTripMs !== null) run.phases.firstByteMs = roundTripMs;
  const took = roundTripMs === null ? {} : { tookMs: roundTripMs };
  if (received === 0) {
    const error = pinged.unreachable
      ? fault('unreachable', `${address} cannot be reached: ${pinged.unreachable}`)
      : fault('timeout', `${address} answered none of ${sent} echo requests`);
    return { error, received: answer };
  }
  const lost = Math.round(((sent - received) / sent) * 100);
  if (lost <= lossPercent) return { error: null, received: answer, ...took };
  const message = `${lost} % of ${sent} echo requests to ${address} were lost, at most ${lossPercent} % may be`;
  return { error: fault('answer', message), received: answer, ...took };
}

/** `address` is a literal one that may be reached; no shell sees it. */
function runPing(program: string, address: string, count: number, run: CheckRun, world: CheckWorld): Promise<Pinged> {
  const leftMs = Math.max(0, remainingMs(run) - SUMS_MS);
  const family = program.includes('/sbin/') ? [] : [isIPv6(address) ? '-6' : '-4'];
  const args = [...family, '-n', '-i', String(INTERVAL_S), '-c', String(count), '--', address];
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: { LC_ALL: 'C' }, maxBuffer: MAX_OUTPUT, encoding: 'utf8' },
      (error, stdout, stderr) => {
        world.deadlines.remove(sums);
        run.deadline.onPass = null;
        resolve(readPing(stdout, stderr, error === null ? null : String(error.code ?? error.message)));
      },
    );
    const sums = world.deadlines.add(performance.now() + leftMs, () => child.kill('SIGINT'));
    run.deadline.onPass = () => child.kill('SIGKILL');
    if (run.deadline.passed) child.kill('SIGKILL');
  });
}
