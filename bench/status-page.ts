import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The published status page beside nginx that serves the same bytes from disk (gzip_static): requests per CPU second of
 * the server process, keep-alive, from wrk on the same machine. Rounds alternate, so that both meet the same weather.
 * Then how long 20 readers wait for the page of a whole instance while 50 of its 100 monitors flip. Prints one JSON line.
 */

const ROUNDS = 2;
const ROUND_SECONDS = 4;
const CONNECTIONS = 32;
const FLOOR = 0.45;
const GOAL = 0.65;

const READERS = 20;
const READ_EVERY_MS = 50;
const READ_SECONDS = 10;

type Side = { readonly name: string; readonly url: string; readonly pid: number; requests: number; cpuSeconds: number };

async function bench() {
  if (!isInstalled('wrk')) return { bench: 'status-page', skipped: 'wrk is not installed' };
  const folder = mkdtempSync(join(tmpdir(), 'allclear-bench-'));
  chmodSync(folder, 0o755);
  const started: ChildProcess[] = [];
  try {
    const site = join(folder, 'site');
    mkdirSync(site);
    const { child, ready } = await startOurs(site);
    started.push(child);
    const ours: Side = {
      name: 'allclear',
      url: `http://127.0.0.1:${ready.port}/s/public`,
      pid: pidOf(child),
      requests: 0,
      cpuSeconds: 0,
    };
    const peer = await startNginx(folder, site, started);
    for (const side of peer ? [ours, peer] : [ours]) load(side.url, 1);
    for (let round = 0; round < ROUNDS; round++) for (const side of peer ? [ours, peer] : [ours]) measure(side);
    const rate = (side: Side) => Math.round(side.requests / side.cpuSeconds);
    const ratio = peer ? Number((rate(ours) / rate(peer)).toFixed(3)) : null;
    return {
      bench: 'status-page',
      unit: 'requests per CPU second, keep-alive, gzip',
      ...ready,
      ours: rate(ours),
      nginx: peer ? rate(peer) : 'not installed',
      ratio,
      floor: FLOOR,
      goal: GOAL,
      flipping: await readWhileFlipping(),
    };
  } finally {
    await Promise.all(started.map(end));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits of readers who ask for the page again and again, and how often it changed under them. */
async function readWhileFlipping() {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'status-page-bed.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    await sleep(3_000);
    const agent = new Agent({ keepAlive: true, maxSockets: READERS });
    const waits: number[] = [];
    const tags = new Set<string>();
    let gzipBytes = 0;
    const endAt = performance.now() + READ_SECONDS * 1_000;
    const reader = async () => {
      while (performance.now() < endAt) {
        const from = performance.now();
        const { tag, bytes } = await readPage(url, agent);
        waits.push(performance.now() - from);
        tags.add(tag);
        gzipBytes = bytes;
        await sleep(READ_EVERY_MS);
      }
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    agent.destroy();
    waits.sort((a, b) => a - b);
    const at = (share: number) =>
      Number((waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0).toFixed(2));
    return {
      requests: waits.length,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      worstMs: at(1),
      versions: tags.size,
      gzipBytes,
      floorMs: 50,
      goalMs: 10,
    };
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
  }
}

function readPage(url: string, agent: Agent): Promise<{ tag: string; bytes: number }> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => void (bytes += chunk.length));
      response.on('end', () => resolve({ tag: response.headers.etag ?? '', bytes }));
      if (response.statusCode !== 200) reject(new Error(`the page answered ${response.statusCode}`));
    }).on('error', reject);
  });
}

function measure(side: Side): void {
  const before = cpuSeconds(side.pid);
  side.requests += load(side.url, ROUND_SECONDS);
  side.cpuSeconds += cpuSeconds(side.pid) - before;
}

/** Requests answered with 2xx; anything else is a broken bench. */
function load(url: string, seconds: number): number {
  const report = execFileSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-H', 'Accept-Encoding: gzip', url], {
    encoding: 'utf8',
  });
  if (/Non-2xx|Socket errors/.test(report)) throw new Error(`the load met errors:\n${report}`);
  return Number(/(\d+) requests in/.exec(report)?.[1] ?? 0);
}

/** User and system time of a process so far; a tick is 10 ms on every Linux that Node runs on. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function startOurs(site: string) {
  const entry = join(import.meta.dirname, '../src/5-communicate/public/sample-server.ts');
  const child = spawn(process.execPath, [entry, site], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const ready = JSON.parse(line) as { port: number; htmlBytes: number; gzipBytes: number };
  return { child, ready };
}

async function startNginx(folder: string, site: string, started: ChildProcess[]): Promise<Side | null> {
  if (!isInstalled('nginx')) return null;
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http { access_log off; ${temporary.join(' ')} types { text/html html; application/json json; }
  sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; open_file_cache max=100 inactive=60s;
  server { listen 127.0.0.1:${port}; root ${site}; add_header Cache-Control "public, max-age=5"; } }
`,
  );
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  started.push(child);
  await accepting(port);
  return { name: 'nginx', url: `http://127.0.0.1:${port}/index.html`, pid: pidOf(child), requests: 0, cpuSeconds: 0 };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process did not start');
  return child.pid;
}

function isInstalled(program: string): boolean {
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function accepting(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.end());
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

process.stdout.write(`${JSON.stringify(await bench())}\n`);
