import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWebhookSink } from '#test/harness/webhook-sink.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { percentiles, startInstance } from './instance-bed.ts';

/**
 * From a failed check to the webhook that pages for it, through committed rows and a real queue: the target, the receiver
 * and the clock are this process. Then the same with a receiver that refuses everything for 15 s: how many pages are lost,
 * and how long after its recovery the last one came. `first`: the first page of each monitor after the start. Prints one
 * JSON line.
 */

const MONITORS = 30;
const ROUNDS = 4;
const STAGGER_MS = 120;
const OUTAGE_MS = 15_000;
const GIVE_UP_MS = 60_000;

/** Which monitors are broken, and when each was first told so since it broke. */
const broken = new Map<string, number | null>();
const target = createServer((request, response) => answer(request.url?.slice(1) ?? '', response));
target.listen(0, '127.0.0.1');
await once(target, 'listening');
const sink = await createWebhookSink();
const bed = await startInstance();
const { ask } = bed;
try {
  await prepare();
  // The first pages of a process that has just begun run code that is not compiled yet; they are told apart.
  const first = await measure();
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) samples.push(...(await measure()));
  const outage = await measureOutage();
  const line = {
    bench: 'paging',
    monitors: MONITORS,
    samples: samples.length,
    ...percentiles(samples),
    first: percentiles(first),
    outage,
    peer: 'uptime-kuma is not installed',
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  if (outage.lost > 0) process.exitCode = 1;
} finally {
  await bed.end();
  await sink.close();
  target.closeAllConnections();
  target.close();
}

function answer(name: string, response: ServerResponse): void {
  const failing = broken.has(name);
  response.writeHead(failing ? 503 : 200, { 'content-type': 'text/plain' }).end(failing ? 'as told\n' : 'ok\n', () => {
    if (failing && broken.get(name) === null) broken.set(name, performance.timeOrigin + performance.now());
  });
}

/** Breaks one monitor after another and measures each; mends them all again. */
async function measure(): Promise<number[]> {
  const before = sink.received.length;
  for (const name of names()) {
    broken.set(name, null);
    await sleep(STAGGER_MS);
  }
  await waitFor('every page', () => pagesSince(before).size === MONITORS, GIVE_UP_MS);
  const pages = pagesSince(before);
  const samples = names().map((name) => (pages.get(name) ?? Number.NaN) - (broken.get(name) ?? Number.NaN));
  await mend();
  return samples;
}

async function measureOutage() {
  const before = sink.received.length;
  sink.setMood({ kind: 'status', status: 503 });
  for (const name of names()) broken.set(name, null);
  await sleep(OUTAGE_MS);
  sink.setMood({ kind: 'well' });
  const healedAtMs = Date.now();
  await waitFor('every page', () => pagesSince(before).size === MONITORS, GIVE_UP_MS).catch(() => undefined);
  const pages = pagesSince(before);
  const lastAfterMs = Math.max(0, ...[...pages.values()].map((atMs) => atMs - healedAtMs));
  const repeats = sink.received.slice(before).filter(({ json }) => json['event'] === 'page').length - pages.size;
  return {
    seconds: OUTAGE_MS / 1_000,
    pages: MONITORS,
    lost: MONITORS - pages.size,
    repeats,
    lastAfterMs: Math.round(lastAfterMs),
  };
}

/** What fails again and again is held as flapping; a pause forgets that, so that each round begins anew. */
async function mend(): Promise<void> {
  broken.clear();
  const made = await ask<{ items: { id: string }[] }>('GET', '/monitors?limit=200');
  for (const act of ['pause', 'resume'])
    for (const { id } of made.items) await ask('POST', `/monitors/${id}/${act}`, {});
  await waitFor(
    'every monitor to be up',
    async () => {
      const { items } = await ask<{ items: { state: string }[] }>('GET', '/monitors?limit=200');
      return items.every(({ state }) => state === 'up');
    },
    GIVE_UP_MS,
  );
}

/** When the first page of each monitor arrived. */
function pagesSince(start: number): Map<string, number> {
  const pages = new Map<string, number>();
  for (const { json, atMs } of sink.received.slice(start)) {
    const name = /^(m\d+) is down$/.exec(String((json['page'] as { title?: unknown } | undefined)?.title))?.[1];
    if (json['event'] === 'page' && name !== undefined && !pages.has(name)) pages.set(name, atMs);
  }
  return pages;
}

function names(): string[] {
  return Array.from({ length: MONITORS }, (_, index) => `m${index}`);
}

/** A verified webhook for the owner, and the monitors. */
async function prepare(): Promise<void> {
  await ask('PATCH', '/alert-settings', { stormPerMinute: null, addressSeconds: null, pagesPerPerson: null });
  const { id } = await ask<{ id: string }>('POST', '/contact-methods', { kind: 'webhook', address: sink.url });
  const verification = await waitFor('the code', () => sink.received.find(({ json }) => json['code'] !== undefined));
  await ask('POST', `/contact-methods/${id}/verify`, { code: verification.json['code'] });
  const { port } = target.address() as AddressInfo;
  for (const name of names()) {
    const url = `http://127.0.0.1:${port}/${name}`;
    await ask('POST', '/monitors', {
      name,
      kind: 'http',
      url,
      intervalSeconds: 1,
      timeoutSeconds: 1,
      confirm: { failures: 1, recoveries: 1 },
    });
  }
  await mend();
}
