import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstance } from '#test/harness/instance.ts';
import { spawnServer } from '#test/harness/server-process.ts';

/**
 * A probe whose server is killed and away for some minutes: what is missing afterwards, what is there twice, how long
 * the hand-over took, and what the probe needs of memory and disk. `--minutes 10 --monitors 200`; with `--kill` the probe
 * is killed too, with all that it kept, while the server comes back. Every check is counted where it arrives.
 */
const MINUTES = option('minutes', 10);
const MONITORS = option('monitors', 200);
const KILL = process.argv.includes('--kill');
const INTERVALS_SECONDS = [10, 15, 20];
const AFTER_MS = 45_000;
const ADDING_AT_ONCE = 6;
const COMMAND = join(import.meta.dirname, '..', 'bin', 'allclear');

type Watched = { readonly id: string; readonly path: string; readonly intervalMs: number };

const asked = new Map<string, number>();
const target = createServer((request, response) => {
  const path = request.url ?? '';
  asked.set(path, (asked.get(path) ?? 0) + 1);
  response.end('well');
}).listen(0, '127.0.0.1');
await once(target, 'listening');
const targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
const folder = mkdtempSync(join(tmpdir(), 'allclear-bench-probe-'));
const bed = await startInstance();
let server = bed.server;
let probe: ChildProcess | null = null;
try {
  const { id: placeId } = await bed.ask<{ id: string }>('POST', '/locations', {
    name: 'Elsewhere',
    allowedTargets: ['127.0.0.0/8'],
  });
  const { token } = await bed.ask<{ token: string }>('POST', `/locations/${placeId}/probes`, { name: 'bench' });
  const monitors = await add(placeId);
  probe = start(token);
  await until(() => monitors.every(({ path }) => asked.has(path)));
  await sleep(Math.max(...INTERVALS_SECONDS) * 1_000);
  const before = processesOf(probe.pid ?? 0);

  await server.kill('SIGKILL');
  await sleep(MINUTES * 60_000);
  const kept = spooled();
  const away = processesOf(probe.pid ?? 0);
  if (KILL) {
    probe.kill('SIGKILL');
    await once(probe, 'exit');
  }
  server = await spawnServer(bed.env);
  const backMs = performance.now();
  if (KILL) probe = start(token);
  await until(() => spooled().files === 0);
  const handOverSeconds = secondsSince(backMs);
  await sleep(AFTER_MS);
  probe.kill('SIGTERM');
  await once(probe, 'exit');
  const counted = await count(monitors);
  process.stdout.write(
    `${JSON.stringify({
      bench: 'probe',
      minutesAway: MINUTES,
      monitors: MONITORS,
      intervalsSeconds: INTERVALS_SECONDS,
      probeKilled: KILL,
      ...counted,
      kept,
      handOverSeconds,
      memoryMb: { before, away },
      peer: 'none in this run',
    })}\n`,
  );
} finally {
  probe?.kill('SIGKILL');
  await server.kill('SIGTERM').catch(() => undefined);
  await bed.end();
  target.close();
  rmSync(folder, { recursive: true, force: true });
}

async function add(placeId: string): Promise<Watched[]> {
  const added: Watched[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < MONITORS; n = next++) {
      const intervalSeconds = INTERVALS_SECONDS[n % INTERVALS_SECONDS.length] ?? 10;
      const body = { url: `${targetUrl}/${n}`, intervalSeconds, locations: [placeId] };
      const { id } = await bed.ask<{ id: string }>('POST', '/monitors', body);
      added.push({ id, path: `/${n}`, intervalMs: intervalSeconds * 1_000 });
    }
  };
  await Promise.all(Array.from({ length: ADDING_AT_ONCE }, worker));
  return added;
}

function start(token: string): ChildProcess {
  return spawn(COMMAND, ['probe', '--server', bed.server.url, '--folder', folder], {
    env: { PATH: process.env['PATH'] ?? '', HOME: homedir(), ALLCLEAR_PROBE_TOKEN: token },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Points of the grid between the first and the last check of each monitor, against what is stored of them. */
async function count(monitors: readonly Watched[]) {
  let expected = 0;
  let stored = 0;
  let missing = 0;
  let repeated = 0;
  let longestGapSeconds = 0;
  for (const { id, intervalMs } of monitors) {
    const dues = (await duesOf(id)).toSorted((a, b) => a - b);
    // The first check of a new monitor is made at once, beside its grid.
    const [, ...rest] = dues;
    const onGrid = rest.filter((due) => (due - (rest[0] ?? 0)) % intervalMs === 0);
    const [begin, end] = [onGrid[0], onGrid.at(-1)];
    if (begin === undefined || end === undefined) throw new Error(`nothing is stored of ${id}`);
    const here = (end - begin) / intervalMs + 1;
    expected += here;
    stored += onGrid.length;
    repeated += onGrid.length - new Set(onGrid).size;
    missing += here - new Set(onGrid).size;
    for (const [at, due] of onGrid.slice(1).entries())
      longestGapSeconds = Math.max(longestGapSeconds, (due - (onGrid[at] ?? due)) / 1_000);
  }
  const arrived = [...asked.values()].reduce((sum, n) => sum + n, 0);
  return { expected, stored, missing, repeated, longestGapSeconds, arrivedAtTarget: arrived };
}

async function duesOf(id: string): Promise<number[]> {
  const dues: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { dueAt: string }[]; nextCursor: string | null } = await bed.ask(
      'GET',
      `/monitors/${id}/results?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    dues.push(...page.items.map(({ dueAt }) => Date.parse(dueAt)));
    cursor = page.nextCursor;
  }
  return dues;
}

function spooled() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const bytes = names.reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  const results = names.reduce((sum, name) => sum + Number(/-(\d+)\.json$/.exec(name)?.[1] ?? 0), 0);
  return { files: names.length, results, bytes };
}

/** Resident memory of a process and all below it, in MB. */
function processesOf(pid: number): { processes: number; inAll: number } {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const field = (label: string) => Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        return [{ pid: Number(name), parent: field('PPid'), kb: field('VmRSS') }];
      } catch {
        return [];
      }
    });
  const wanted = new Set([pid]);
  for (let size = 0; size !== wanted.size;) {
    size = wanted.size;
    for (const one of parents) if (wanted.has(one.parent)) wanted.add(one.pid);
  }
  const mine = parents.filter((one) => wanted.has(one.pid));
  return { processes: mine.length, inAll: Math.round(mine.reduce((sum, { kb }) => sum + kb, 0) / 1_024) };
}

async function until(holds: () => boolean): Promise<void> {
  const beganMs = performance.now();
  while (!holds()) {
    if (performance.now() - beganMs > 180_000) throw new Error('it takes too long');
    await sleep(50);
  }
}

function secondsSince(beganMs: number): number {
  return Number(((performance.now() - beganMs) / 1_000).toFixed(1));
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}
