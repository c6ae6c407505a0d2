import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { drive, type Load } from './load-bed.ts';

/**
 * Signals per second over 64 keep-alive connections, one alert per request, the next one when the answer is there. Ours
 * answers only after the commit; alertmanager keeps alerts in memory only. The same 1,000 distinct alerts go to both, in
 * turns in the same run, so after the first seconds each repeats an alert that is open. `fresh` is one more round in which no
 * alert was there before: ours opens each, and decides about it by twenty routes while it takes the next. Prints one JSON line.
 */

const CONNECTIONS = 64;
const KEYS = 1_000;
const ROUNDS = 3;
const ROUND_MS = 4_000;
/** Both compile as they go or fill their maps: what is measured is how they go on. */
const WARM_MS = 5_000;
const TICKS_PER_SECOND = 100;
const ALERTMANAGER = ['/usr/bin/prometheus-alertmanager', '/usr/local/bin/alertmanager'];

/** A load, and what one answered request cost in all processes of the server: steadier than the rate on a busy machine. */
type Figures = Load & { readonly cpuMicroseconds: number };

const ours = await startOurs();
const peer = await startPeer();
try {
  const figures: { ours: Figures[]; peer: Figures[] } = { ours: [], peer: [] };
  await measure(ours, ourBody, WARM_MS);
  if (peer) await measure(peer, peerBody, WARM_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.ours.push(await measure(ours, ourBody, ROUND_MS));
    if (peer) figures.peer.push(await measure(peer, peerBody, ROUND_MS));
  }
  const fresh = {
    ours: await measure(ours, (n) => ourBody(n, `New${n}`), ROUND_MS),
    peer: peer && (await measure(peer, (n) => peerBody(n, `New${n}`), ROUND_MS)),
  };
  const mine = best(figures.ours);
  const theirs = peer ? best(figures.peer) : null;
  const ratio = theirs && {
    rate: quotient(mine.perSecond, theirs.perSecond),
    p99: quotient(mine.p99Ms, theirs.p99Ms),
    cpu: quotient(mine.cpuMicroseconds, theirs.cpuMicroseconds),
  };
  const line = {
    bench: 'intake',
    sends: {
      connections: CONNECTIONS,
      distinctAlerts: KEYS,
      ours: `POST /intake/KEY ${ourBody(0)}`,
      peer: `POST /api/v2/alerts ${peerBody(0)}`,
    },
    ours: mine,
    peer: theirs ?? 'alertmanager is not installed',
    ratio,
    fresh: { ...fresh, rate: fresh.peer && quotient(fresh.ours.perSecond, fresh.peer.perSecond) },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await Promise.all([ours.stop(), peer?.stop()]);
}

async function measure(
  server: { url: string; pid: number },
  body: (n: number) => string,
  durationMs: number,
): Promise<Figures> {
  const before = cpuSeconds(server.pid);
  const load = await drive({ url: server.url, connections: CONNECTIONS, durationMs, body });
  const answered = (load.perSecond * durationMs) / 1_000;
  return { ...load, cpuMicroseconds: Math.round(((cpuSeconds(server.pid) - before) * 1e6) / answered) };
}

/** CPU used so far by a process and everything below it. */
function cpuSeconds(root: number): number {
  const rows = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)));
  const sum = (pid: number): number => {
    const own = rows.find((row) => row.pid === pid)?.ticks ?? 0;
    return rows.filter((row) => row.parent === pid).reduce((total, row) => total + sum(row.pid), own);
  };
  return sum(root) / TICKS_PER_SECOND;
}

/** `/proc/PID/stat` after the name in parentheses: state, parent, …, user and system time. */
function statOf(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    return [];
  }
}

function best(loads: readonly Figures[]): Figures {
  const first = loads.toSorted((a, b) => b.perSecond - a.perSecond)[0];
  if (!first) throw new Error('nothing was measured');
  return first;
}

function quotient(a: number, b: number): number {
  return Number((a / b).toFixed(2));
}

function labelsOf(n: number, prefix: string) {
  return {
    alertname: `${prefix}Latency${n % KEYS}`,
    severity: 'warning',
    instance: `node-${n % KEYS}.example.com:9100`,
    job: 'api',
  };
}

function ourBody(n: number, prefix = ''): string {
  const labels = labelsOf(n, prefix);
  return JSON.stringify({
    title: `High latency on ${labels.instance}`,
    dedupKey: labels.alertname,
    severity: 'warning',
    labels,
  });
}

function peerBody(n: number, prefix = ''): string {
  const labels = labelsOf(n, prefix);
  return JSON.stringify([{ labels, annotations: { summary: `High latency on ${labels.instance}` } }]);
}

async function startOurs() {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'intake-bed.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { value: line } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (typeof line !== 'string') throw new Error('the instance did not start');
  const { url, key } = JSON.parse(line) as { url: string; key: string };
  return { url: `${url}/intake/${key}`, pid: pidOf(child), stop: () => ended(child, () => child.stdin.end()) };
}

async function startPeer() {
  const binary = ALERTMANAGER.find((path) => existsSync(path));
  if (binary === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), 'allclear-bench-alertmanager-'));
  writeFileSync(join(folder, 'config.yml'), 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
  const port = await freePort();
  const args = [
    `--config.file=${folder}/config.yml`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ];
  const child = spawn(binary, args, { stdio: 'ignore' });
  await accepting(port);
  const stop = async () => {
    await ended(child, () => child.kill('SIGTERM'));
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}/api/v2/alerts`, pid: pidOf(child), stop };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('a server did not start');
  return child.pid;
}

async function ended(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  ask();
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function accepting(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      setTimeout(() => socket.destroy(), 200);
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}
