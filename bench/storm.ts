import { setTimeout as sleep } from 'node:timers/promises';
import { createWebhookSink } from '#test/harness/webhook-sink.ts';
import { percentiles, startInstance } from './instance-bed.ts';

/**
 * From a signal to the webhook that pages for it, at several rates of alerts; then 10,000 signals of as many alerts in ten
 * seconds: how many are stored, how many pages go out, and how long until it is quiet. Prints one JSON line.
 */

const RATES = [
  { perMinute: 1, alerts: 5, everyMs: 60_000 },
  { perMinute: 100, alerts: 30, everyMs: 600 },
  { perMinute: 1_000, alerts: 250, everyMs: 60 },
];
const STORM = { signals: 10_000, seconds: 10 };
const QUIET_MS = 8_000;
const GIVE_UP_MS = 120_000;

const sink = await createWebhookSink();
const bed = await startInstance();
try {
  const { id } = await bed.ask<{ id: string }>('POST', '/contact-methods', { kind: 'webhook', address: sink.url });
  while (!sink.received.some(({ json }) => json['code'] !== undefined)) await sleep(20);
  const code = sink.received.find(({ json }) => json['code'] !== undefined)?.json['code'];
  await bed.ask('POST', `/contact-methods/${id}/verify`, { code });
  const made = await bed.ask<{ intakeUrl: string }>('POST', '/alert-sources', { name: 'bench' });
  // The instance listens on a port that it did not know when it was told its public address.
  const intakeUrl = `${bed.url}${new URL(made.intakeUrl).pathname}`;
  const { stormPerMinute } = await bed.ask<{ stormPerMinute: number }>('GET', '/alert-settings');
  // At each rate every alert pages for itself; only the storm at the end is treated as one.
  await bed.ask('PATCH', '/alert-settings', { stormPerMinute: null, pagesPerPerson: null });
  const rates: object[] = [];
  for (const rate of RATES) rates.push(await measure(intakeUrl, rate));
  await bed.ask('PATCH', '/alert-settings', { stormPerMinute });
  const line = { bench: 'storm', rates, storm: await storm(intakeUrl), peer: 'none in this run' };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await bed.end();
  await sink.close();
}

async function measure(intakeUrl: string, { perMinute, alerts, everyMs }: (typeof RATES)[number]) {
  const sentMs = new Map<string, number>();
  for (let n = 0; n < alerts; n++) {
    const title = `rate ${perMinute} alert ${n}`;
    sentMs.set(title, Date.now());
    void send(intakeUrl, title);
    await sleep(everyMs);
  }
  await quiet(2_000);
  const paged = firstPages();
  const samples = [...sentMs].flatMap(([title, atMs]) => {
    const arrived = paged.get(title);
    return arrived === undefined ? [] : [arrived - atMs];
  });
  return { perMinute, alerts, paged: samples.length, ...percentiles(samples) };
}

async function storm(intakeUrl: string) {
  const counted = await bed.ask<{ open: number; quiet: number }>('GET', '/alerts/counts');
  const before = { messages: sink.received.length, alerts: counted.open + counted.quiet };
  const startMs = Date.now();
  const answers: Promise<number>[] = [];
  for (let n = 0; n < STORM.signals; n++) {
    const dueMs = startMs + (n * STORM.seconds * 1_000) / STORM.signals;
    const early = dueMs - Date.now();
    if (early > 1) await sleep(early);
    answers.push(send(intakeUrl, `storm alert ${n}`));
  }
  const statuses = await Promise.all(answers);
  const sentMs = Date.now() - startMs;
  const lastMs = await quiet(QUIET_MS);
  const { open, quiet: folded } = await bed.ask<{ open: number; quiet: number }>('GET', '/alerts/counts');
  const pages = sink.received.slice(before.messages).filter(({ json }) => json['event'] === 'page');
  return {
    signals: STORM.signals,
    taken: statuses.filter((status) => status === 202).length,
    sentInSeconds: Number((sentMs / 1_000).toFixed(1)),
    storedAlerts: open + folded - before.alerts,
    pages: pages.length,
    messages: sink.received.length - before.messages,
    quietAfterSeconds: Number(((lastMs - startMs) / 1_000).toFixed(1)),
  };
}

/** Waits until nothing has come for so long; when the last message came. */
async function quiet(forMs: number): Promise<number> {
  const startMs = Date.now();
  for (;;) {
    const lastMs = Math.max(startMs, sink.received.at(-1)?.atMs ?? 0);
    if (Date.now() - lastMs > forMs || Date.now() - startMs > GIVE_UP_MS) return lastMs;
    await sleep(100);
  }
}

function firstPages(): Map<string, number> {
  const pages = new Map<string, number>();
  for (const { json, atMs } of sink.received) {
    const title = String((json['page'] as { title?: unknown } | undefined)?.title);
    if (json['event'] === 'page' && !pages.has(title)) pages.set(title, atMs);
  }
  return pages;
}

async function send(intakeUrl: string, title: string): Promise<number> {
  const response = await fetch(intakeUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title, severity: 'critical' }),
  });
  await response.arrayBuffer();
  return response.status;
}
