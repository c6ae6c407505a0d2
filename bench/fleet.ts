import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertStormView } from '#detect/contract';
import { createWebhookSink } from '#test/harness/webhook-sink.ts';
import { percentiles, startInstance } from './instance-bed.ts';

/**
 * Many monitors behind one address: how long adding them takes, how soon lists and charts of them answer, and what
 * becomes of it when the address goes away and comes back: how soon all are down, how many messages ask somebody, and
 * what the alerts are said to have in common. Prints one JSON line. `--monitors 2000 --interval 20`.
 */
const MONITORS = option('monitors', 2_000);
const INTERVAL_SECONDS = option('interval', 20);
const ADDING_AT_ONCE = 6;
const READS = 40;
const QUIET_MS = 10_000;

const TARGET = `
  const answer = 'HTTP/1.1 200 OK\\r\\ncontent-length: 3\\r\\nconnection: close\\r\\n\\r\\nok\\n';
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  }).listen(Number(process.argv[1]), '127.0.0.1', 4096, () => process.stdout.write(server.address().port + '\\n'));
`;

type Counts = { readonly up: number; readonly down: number; readonly total: number };

async function startTarget(port: string) {
  const child = spawn(process.execPath, ['-e', TARGET, port], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, port: String((await once(child.stdout, 'data'))[0]).trim() };
}

const sink = await createWebhookSink();
const bed = await startInstance();
let target = await startTarget('0');
try {
  const { id } = await bed.ask<{ id: string }>('POST', '/contact-methods', { kind: 'webhook', address: sink.url });
  const codeOf = () => sink.received.find(({ json }) => json['code'] !== undefined)?.json['code'];
  while (codeOf() === undefined) await sleep(20);
  await bed.ask('POST', `/contact-methods/${id}/verify`, { code: codeOf() });
  const adding = await add();
  const allUpSeconds = await until(({ up }) => up === MONITORS);
  const reads = await measureReads(adding.someId);
  const outage = await measureOutage();
  const { someId: _, ...added } = adding;
  const line = { bench: 'fleet', monitors: MONITORS, intervalSeconds: INTERVAL_SECONDS, ...added, allUpSeconds };
  process.stdout.write(`${JSON.stringify({ ...line, reads, outage, peer: 'none in this run' })}\n`);
} finally {
  target.child.kill();
  await bed.end();
  await sink.close();
}

async function add() {
  const beganMs = performance.now();
  const took: number[] = [];
  const body = (n: number) => ({ url: `http://127.0.0.1:${target.port}/${n}`, intervalSeconds: INTERVAL_SECONDS });
  const first = await bed.ask<{ id: string; serviceId: string }>('POST', '/monitors', body(0));
  let next = 1;
  const worker = async () => {
    for (let n = next++; n < MONITORS; n = next++) {
      const startMs = performance.now();
      await bed.ask('POST', '/monitors', { ...body(n), serviceId: first.serviceId });
      took.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: ADDING_AT_ONCE }, worker));
  return { addSeconds: secondsSince(beganMs), addMs: percentiles(took), someId: first.id };
}

async function measureReads(monitorId: string) {
  const paths = {
    list: '/monitors?limit=100',
    found: '/monitors?limit=100&search=127.0.0.1&state=up',
    counts: '/monitors/counts',
    monitor: `/monitors/${monitorId}`,
    latency90d: `/monitors/${monitorId}/latency?window=90d`,
    days: `/monitors/${monitorId}/days`,
  };
  const measured: Record<string, object> = {};
  for (const [name, path] of Object.entries(paths)) {
    const took: number[] = [];
    for (let n = 0; n < READS; n++) {
      const startMs = performance.now();
      await bed.ask('GET', path);
      took.push(performance.now() - startMs);
    }
    measured[name] = percentiles(took);
  }
  return measured;
}

async function measureOutage() {
  const before = sink.received.length;
  const goneMs = performance.now();
  target.child.kill('SIGKILL');
  await once(target.child, 'exit');
  const firstMessage = waitForMessage(before, goneMs);
  const allDownSeconds = await until(({ down }) => down === MONITORS);
  const firstMessageMs = await firstMessage;
  await quiet();
  const { items: storms } = await bed.ask<{ items: AlertStormView[] }>('GET', '/alert-storms');
  const alerts = await bed.ask<{ open: number }>('GET', '/alerts/counts');
  const { items: pages } = await bed.ask<{ items: unknown[] }>('GET', '/pages?limit=200');
  const messages = sink.received.length - before;
  target = await startTarget(target.port);
  const allUpAgainSeconds = await until(({ up }) => up === MONITORS);
  await quiet();
  return {
    allDownSeconds,
    firstMessageMs,
    openAlerts: alerts.open,
    pages: pages.length,
    messages,
    storms: storms.map(({ count, by, causes }) => ({ count, by, causes: causes.slice(0, 3) })),
    allUpAgainSeconds,
    messagesInAll: sink.received.length - before,
  };
}

async function waitForMessage(before: number, sinceMs: number): Promise<number> {
  while (sink.received.length === before) await sleep(5);
  return Math.round(performance.now() - sinceMs);
}

async function quiet(): Promise<void> {
  for (let seen = -1; seen !== sink.received.length;) {
    seen = sink.received.length;
    await sleep(QUIET_MS);
  }
}

async function until(holds: (counts: Counts) => boolean): Promise<number> {
  const beganMs = performance.now();
  while (!holds(await bed.ask<Counts>('GET', '/monitors/counts'))) {
    if (performance.now() - beganMs > 180_000) throw new Error('it takes too long');
    await sleep(100);
  }
  return secondsSince(beganMs);
}

function secondsSince(beganMs: number): number {
  return Number(((performance.now() - beganMs) / 1_000).toFixed(1));
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}
