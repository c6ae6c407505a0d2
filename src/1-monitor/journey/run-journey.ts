import { fork } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds } from '../check/describe-result.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import {
  DRIVER_LIMITS,
  type FromDriver,
  type JourneyEnd,
  type JourneyOrder,
  type JourneyProgress,
} from './driver-wire.ts';
import { killOrphans, killTree } from './process-tree.ts';

const ENTRY = new URL('./driver-process.ts', import.meta.url);
const FLAGS = ['--no-warnings', `--max-old-space-size=${DRIVER_LIMITS.driverHeapMb}`];
/** Nobody else's, also not the one that PostgreSQL runs as: in the range that systemd keeps for accounts without a name. */
const ACCOUNT = 65_189;
const PREFIX = 'allclear-journey-';

export type WantedJourney = Omit<JourneyOrder, 'folder' | 'account'>;

/** Makes one journey in processes of its own. Never rejects, and leaves neither a process nor a file. */
export async function runJourney(
  wanted: WantedJourney,
  onProgress: (progress: JourneyProgress) => void,
): Promise<JourneyEnd> {
  const account = process.getuid?.() === 0 ? ACCOUNT : null;
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    if (account !== null) chownSync(folder, account, account);
    return await steer({ ...wanted, folder, account }, onProgress);
  } catch (error) {
    // A full disk, no more processes: nothing that the page could help.
    return unmade(fault('engine', `the journey could not be prepared: ${messageOf(error)}`));
  } finally {
    // What cannot be removed now is swept when an engine starts after this one.
    if (folder !== null)
      await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined);
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

function unmade(error: CheckError, steps: JourneyEnd['steps'] = []): JourneyEnd {
  return { error, tookMs: 0, steps, address: null, notes: [], picture: null, trace: null, unboxed: false };
}

/** Removes what journeys of engines that were killed left behind. */
export function sweepJourneyFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(/^(\d+)-/.exec(name.slice(PREFIX.length))?.[1]) : Number.NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function steer(order: JourneyOrder, onProgress: (progress: JourneyProgress) => void): Promise<JourneyEnd> {
  const { promise, resolve } = Promise.withResolvers<JourneyEnd>();
  // Nothing of our environment: what starts a browser needs none of it.
  const child = fork(ENTRY, {
    // A group of its own, by which all that is left is ended also when the driver is dead.
    detached: true,
    serialization: 'advanced',
    execArgv: FLAGS,
    env: { TMPDIR: order.folder },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { pid } = child;
  let last: JourneyProgress | null = null;
  const fail = (kind: 'engine' | 'invalid-spec', message: string) => resolve(unmade(fault(kind, message), last?.steps));
  let giveUp: NodeJS.Timeout | undefined;
  const allow = (ms: number, kind: 'engine' | 'invalid-spec', otherwise: string) => {
    clearTimeout(giveUp);
    giveUp = setTimeout(() => fail(kind, otherwise), ms);
  };
  const { startMs, launchMs, stuckMs, endMs } = DRIVER_LIMITS;
  allow(startMs + launchMs * 2, 'engine', 'the browser did not start in time');
  child.on('message', (message: FromDriver) => {
    switch (message.type) {
      case 'end':
        return resolve(message.end);
      case 'stage':
        if (message.stage === 'running') return allow(order.timeoutMs + stuckMs, 'invalid-spec', stuckIn(order));
        return allow(endMs, 'invalid-spec', 'the journey did not end in its time and was killed');
      case 'progress': {
        const { type: _, ...progress } = message;
        last = progress;
        return onProgress(progress);
      }
      default:
        return message satisfies never;
    }
  });
  child.once('error', (error) => fail('engine', `the journey could not be started: ${error.message}`));
  child.once('exit', (code, signal) => fail('engine', `the journey's process ended by itself (${signal ?? code})`));
  child.send(order);
  const gone = new Promise<void>((done) => {
    if (pid === undefined) done();
    else child.once('exit', () => done());
  });
  return promise.then(async (end) => {
    clearTimeout(giveUp);
    if (pid !== undefined) killTree(pid);
    child.kill('SIGKILL');
    await gone;
    if (pid !== undefined) killOrphans(pid, order.folder);
    return end;
  });
}

function stuckIn({ timeoutMs }: JourneyOrder): string {
  return `not finished within ${seconds(timeoutMs)}: a pattern of the script took all the time, so that nothing else could go on`;
}
