import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Monitor } from '#monitor/contract';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { type Prometheus, startPrometheus } from '#test/harness/prometheus.ts';
import { waitFor } from '#test/harness/wait-for.ts';

const SECONDS = 30_000;

let server: PeerServer;
let target: MonitorTarget;
let prometheus: Prometheus;
let monitor: Monitor;

beforeAll(async () => {
  server = await startPeerServer();
  target = await createMonitorTarget();
  const { key } = await server.ask<{ key: string }>('POST', '/api-keys', {
    name: 'Prometheus',
    role: 'viewer',
    scopes: ['read'],
  });
  monitor = await server.ask<Monitor>('POST', '/monitors', {
    url: `${target.url}?token=hunter2`,
    name: `Shop at ${target.url}?token=hunter2`,
    intervalSeconds: 10,
  });
  const beating = await server.ask<Monitor>('POST', '/heartbeats', {
    name: 'Nightly "backup"',
    periodSeconds: 3_600,
    graceSeconds: 300,
  });
  await fetch(String(beating.heartbeat?.beatUrl), { method: 'POST' });
  prometheus = await startPrometheus(server.url, key);
});
afterAll(async () => {
  await prometheus.end();
  await target.close();
  await server.end();
});

const valueOf = (promql: string, of: (value: number) => boolean) =>
  waitFor(
    promql,
    async () => {
      const samples = await prometheus.query(promql);
      return samples.length > 0 && samples.every(({ value }) => of(value)) && samples;
    },
    SECONDS,
  );

describe('Prometheus', () => {
  it('scrapes us with an API key, and finds nothing to complain of', async () => {
    await waitFor('a scrape', async () => (await prometheus.target())?.health === 'up', SECONDS);
    expect((await prometheus.target())?.lastError).toBe('');
  });

  it('sees each monitor: up, its state, how long it took and when', async () => {
    const [up] = await valueOf(`allclear_monitor_up{id="${monitor.id}"}`, (value) => value === 1);
    expect(up?.metric).toMatchObject({ kind: 'http', name: `Shop at ${target.url}`, service: monitor.serviceName });
    await valueOf(`allclear_monitor_state{id="${monitor.id}",state="up"}`, (value) => value === 1);
    await valueOf(`allclear_monitor_response_seconds{id="${monitor.id}"}`, (value) => value > 0 && value < 5);
    await valueOf(`allclear_monitor_phase_seconds{id="${monitor.id}",phase="first_byte"}`, (value) => value > 0);
    await valueOf(`time() - allclear_monitor_last_check_timestamp_seconds{id="${monitor.id}"}`, (age) => age < 60);
    await valueOf(`allclear_monitor_checks_total{id="${monitor.id}",outcome="up"}`, (value) => value >= 1);
    const [beat] = await valueOf('time() - allclear_heartbeat_last_beat_timestamp_seconds', (age) => age < 120);
    expect(beat?.metric).toMatchObject({ name: 'Nightly "backup"', kind: 'heartbeat' });
  });

  it('sees it fail, and what comes of that', async () => {
    target.setStatus(503);
    await valueOf(`allclear_monitor_up{id="${monitor.id}"}`, (value) => value === 0);
    await valueOf('sum(allclear_alerts{state="open"})', (value) => value === 1);
    await valueOf(`allclear_monitor_checks_total{id="${monitor.id}",outcome="down"}`, (value) => value >= 1);
  });

  it('sees how we do ourselves, with types and help', async () => {
    await valueOf('allclear_engine_lateness_p99_seconds', (value) => value >= 0 && value < 10);
    await valueOf('allclear_engine_monitors', (value) => value === 1);
    await valueOf('allclear_delivery_oldest_waiting_seconds', (value) => value >= 0);
    expect(await prometheus.metadata('allclear_monitor_checks_total')).toMatchObject({ type: 'counter' });
    expect(await prometheus.metadata('allclear_monitor_up')).toMatchObject({
      type: 'gauge',
      help: expect.stringContaining('0 = down') as string,
    });
  });

  it('is told no secret', async () => {
    const samples = await prometheus.query('{__name__=~"allclear_.+"}');
    expect(samples.length).toBeGreaterThan(20);
    expect(JSON.stringify(samples)).not.toContain('hunter2');
  });
});

describe('a metric', () => {
  const ask = (options: object) => server.test({ kind: 'metric', url: prometheus.url, options, timeoutSeconds: 5 });

  it.each([
    [{}],
    [{ query: 'vector(7)', test: 'above', value: 6.5 }],
    [{ query: '42', test: 'equals', value: 42 }],
    [{ query: 'up', forSeconds: 300 }],
    [{ query: 'nothing_of_that', noData: 'up' }],
    [{ query: 'vector(1) or vector(0)', test: 'at-least', value: 0 }],
  ])('is up with %j', async (options) => {
    await valueOf('up', (value) => value === 1);
    expect(await ask(options)).toMatchObject({ outcome: 'up', evidence: null });
  });

  it.each([
    [{ query: 'vector(7)', test: 'below', value: 5 }, 'down', 'answer', 'the value is 7, expected below 5'],
    [{ test: 'at-most', value: 0 }, 'down', 'answer', 'up{instance="'],
    [{ test: 'at-most', value: 0, forSeconds: 60 }, 'down', 'answer', 'for 60 s'],
    [{ query: 'nothing_of_that' }, 'unknown', 'no-data', '“nothing_of_that” gives no value'],
    [{ query: 'nothing_of_that', noData: 'down' }, 'down', 'answer', 'gives no value'],
    [{ query: '0/0' }, 'unknown', 'no-data', 'gives no value'],
    [{ query: 'up{' }, 'unknown', 'no-data', 'bad_data'],
    [{ query: '"words"' }, 'unknown', 'no-data', 'gives no numbers'],
  ])('with %j is %s', async (options, outcome, kind, words) => {
    await valueOf('up', (value) => value === 1);
    const answer = await ask(options);
    expect(answer.evidence?.error?.message).toContain(words);
    expect(answer).toMatchObject({ outcome, evidence: { error: { kind } } });
  });

  it('is unknown where nobody answers, or somebody else does', async () => {
    const other = await server.test({ kind: 'metric', url: target.url, options: {}, timeoutSeconds: 2 });
    expect(other).toMatchObject({ outcome: 'unknown', evidence: { error: { kind: 'no-data' } } });
    const none = await server.test({ kind: 'metric', url: 'http://127.0.0.1:9', options: {}, timeoutSeconds: 2 });
    expect(none).toMatchObject({ outcome: 'unknown', evidence: { error: { kind: 'no-data' } } });
  });
});
