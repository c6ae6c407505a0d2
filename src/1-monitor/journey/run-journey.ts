import { fork } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../check/faults.ts';
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
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  if (account !== null) chownSync(folder, account, account);
  try {
    return await steer({ ...wanted, folder, account }, onProgress);
  } finally {
    // What cannot be removed now is swept when an engine starts after this one.
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined);
  }
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
  const fail = (message: string, kind: 'engine' | 'invalid-spec') =>
    resolve({
      error: fault(kind, message),
      tookMs: 0,
      steps: last?.steps ?? [],
      address: null,
      notes: [],
      picture: null,
      trace: null,
      unboxed: false,
    });
  const limitMs = order.timeoutMs + DRIVER_LIMITS.launchMs * 2 + DRIVER_LIMITS.endMs;
  const giveUp = setTimeout(() => fail('the journey did not end in its time and was killed', 'invalid-spec'), limitMs);
  child.on('message', (message: FromDriver) => {
    if (message.type === 'end') return resolve(message.end);
    const { type: _, ...progress } = message;
    last = progress;
    onProgress(progress);
  });
  child.once('error', (error) => fail(`the journey could not be started: ${error.message}`, 'engine'));
  child.once('exit', (code, signal) => fail(`the journey's process ended by itself (${signal ?? code})`, 'engine'));
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
