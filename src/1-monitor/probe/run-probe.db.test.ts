import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { createLiveHub } from '#platform/live.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { CheckAnswer, Monitor } from '../monitor/contract.ts';
import { runProbe, stopAsking } from './run-probe.ts';

let t: TestSystem;
let target: Server;
let url: string;
let status = 200;
let stop: () => Promise<void> = async () => undefined;
const live = createLiveHub();

beforeEach(async () => {
  // Checks run in real time, so this story does too.
  t = await createTestSystem({ start: new Date().toISOString() });
  status = 200;
  target = createServer((_, response) => response.writeHead(status).end('hello')).listen(0, '127.0.0.1');
  await new Promise((resolve) => target.once('listening', resolve));
  url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
  stop = await runProbe.start({ ...t.system, clock: systemClock, live });
});
afterEach(async () => {
  await stop();
  target.close();
  await t.close();
});

const show = async (id: string) => (await t.call('GET', `/api/v1/monitors/${id}`)).body as Monitor;
const tell = (topic: string) => live.tell({ workspaceId: t.workspaceId, topics: [topic] });

async function until(id: string, done: (monitor: Monitor) => boolean, ms = 4_000): Promise<Monitor> {
  const end = Date.now() + ms;
  for (;;) {
    t.clock.set(new Date());
    const monitor = await show(id);
    if (done(monitor)) return monitor;
    if (Date.now() > end) throw new Error(`waited in vain; it is ${monitor.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('checks a new monitor at once, sees it break and recover, and stops when it is paused', async () => {
  const made = (await t.call('POST', '/api/v1/monitors', { url, intervalSeconds: 1 })).body as Monitor;
  tell(`monitor:${made.id}`);
  const up = await until(made.id, ({ state }) => state === 'up', 2_000);
  expect(up.lastResult).toMatchObject({ status: 200, outcome: 'up' });
  expect(up.lastResult?.phases.tcpMs).not.toBeNull();
  status = 503;
  expect((await until(made.id, ({ state }) => state === 'down')).state).toBe('down');
  status = 200;
  await until(made.id, ({ state }) => state === 'up');
  await t.call('POST', `/api/v1/monitors/${made.id}/pause`, {});
  tell(`monitor:${made.id}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { rows } = await t.database.pool.query('select count(*) as n from check_result');
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect((await t.database.pool.query('select count(*) as n from check_result')).rows).toEqual(rows);
  expect(t.errors).toEqual([]);
});

it('asks once before saving, and now for a saved one', async () => {
  const tested = await t.call('POST', '/api/v1/monitors/test', {
    url,
    assertions: [{ kind: 'body', test: 'contains', value: 'bye' }],
  });
  expect(tested).toMatchObject({
    status: 200,
    body: { outcome: 'down', status: 200, evidence: { failures: [expect.anything()] } },
  });
  const refused = await t.call('POST', '/api/v1/monitors/test', { url: 'http://192.168.1.1' });
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'invalid', errors: [{ path: 'body.url', suggestion: '192.168.0.0/16' }] },
  });
  const made = (await t.call('POST', '/api/v1/monitors', { url, intervalSeconds: 86_400 })).body as Monitor;
  const answer = (await t.call('POST', `/api/v1/monitors/${made.id}/check-now`, {})).body as CheckAnswer;
  expect(answer).toMatchObject({ outcome: 'up', status: 200, evidence: null });
  expect((await show(made.id)).state).toBe('up');
  // The test system has an engine of its own for what its routes ask.
  await (
    await stopAsking.start(t.system)
  )();
});
