import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../monitor/contract.ts';

let t: TestSystem;
let id: string;
let path: string;
beforeEach(async () => {
  t = await createTestSystem();
  const made = await t.call('POST', '/api/v1/heartbeats', {
    name: 'Nightly backup',
    periodSeconds: 300,
    graceSeconds: 60,
  });
  expect(made.status).toBe(201);
  const monitor = made.body as Monitor;
  id = monitor.id;
  path = new URL(monitor.heartbeat?.beatUrl ?? '').pathname;
});
afterEach(() => t.close());

const beat = async (tail = '', init: RequestInit = {}) => (await t.app.request(`${path}${tail}`, init)).status;
const show = async () => (await t.call('GET', `/api/v1/heartbeats/${id}`)).body as Monitor;
const rows = async (query: string) => (await t.database.pool.query(query)).rows;

describe('a heartbeat', () => {
  it('is a job of the inside: it gets no line on the status page', async () => {
    expect(await rows('select name from component')).toEqual([]);
  });

  it('is not armed before its first beat', async () => {
    await t.advance(600);
    expect(await show()).toMatchObject({ state: 'unknown', heartbeat: { dueAt: null, lastBeatAt: null } });
    expect(await rows('select * from alert')).toEqual([]);
  });

  it('is up by a beat, down after period and grace of silence, and up again by the next', async () => {
    expect(await beat()).toBe(200);
    expect(await show()).toMatchObject({ state: 'up', worstCaseDetectionSeconds: 360 });
    await t.advance(355);
    expect((await show()).state).toBe('up');
    await t.advance(10);
    expect((await show()).state).toBe('down');
    expect(await rows('select state, source from alert')).toEqual([{ state: 'open', source: 'heartbeat' }]);
    const { items } = (await t.call('GET', `/api/v1/monitors/${id}/failures`)).body as { items: { summary: string }[] };
    expect(items[0]?.summary).toContain('no beat within 300 s');
    t.clock.advance(1);
    await beat();
    expect((await show()).state).toBe('up');
    expect(await rows('select state from alert')).toEqual([{ state: 'closed' }]);
  });

  it('takes GET, POST and HEAD, a failure, and an exit code with the log', async () => {
    expect([await beat(), await beat('', { method: 'POST' }), await beat('', { method: 'HEAD' })]).toEqual([
      200, 200, 200,
    ]);
    t.clock.advance(1);
    expect(await beat('/3', { method: 'POST', body: 'disk\u0000 full' })).toBe(200);
    expect((await show()).state).toBe('down');
    const { items } = (await t.call('GET', `/api/v1/monitors/${id}/failures`)).body as { items: object[] };
    expect(items).toMatchObject([{ summary: 'the job ended with exit code 3', bodyStart: 'disk full' }]);
    expect(await rows('select count(*)::int as n from check_result')).toEqual([{ n: 4 }]);
  });

  it('measures a run, and misses its end', async () => {
    await beat('/start');
    t.clock.advance(42);
    await beat();
    expect((await show()).heartbeat).toMatchObject({ lastDurationMs: 42_000, runningSince: null });
    t.clock.advance(10);
    await beat('/start');
    await t.advance(65);
    expect((await show()).state).toBe('down');
  });

  it('keeps every beat of many at once', async () => {
    const statuses = await Promise.all(Array.from({ length: 50 }, () => beat()));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await rows('select count(*)::int as n from check_result')).toEqual([{ n: 50 }]);
  });

  it('is unknown, and pages nobody, when the beat may have come while we did not run', async () => {
    await beat();
    await t.advance(100);
    t.clock.advance(900);
    await t.settle();
    expect((await show()).state).toBe('unknown');
    expect(await rows('select * from alert')).toEqual([]);
    await t.advance(370);
    expect((await show()).state).toBe('down');
  });

  it('is silent while paused, and waits for a beat afterwards', async () => {
    await beat();
    await t.call('POST', `/api/v1/monitors/${id}/pause`, {});
    await t.advance(600);
    expect((await show()).state).toBe('paused');
    expect(await beat()).toBe(200);
    await t.call('POST', `/api/v1/monitors/${id}/resume`, {});
    expect(await show()).toMatchObject({ state: 'unknown', heartbeat: { dueAt: null } });
    t.clock.advance(1);
    await beat();
    expect((await show()).state).toBe('up');
  });

  it('has an address that nobody can guess, and that ends with it', async () => {
    expect((await t.app.request('/beat/hb_00000000000000000000000000')).status).toBe(404);
    expect(await beat('/stop')).toBe(404);
    expect(JSON.stringify(await rows('select * from heartbeat'))).not.toContain(path.slice(6));
    await t.call('DELETE', `/api/v1/monitors/${id}`);
    expect(await beat()).toBe(404);
  });
});
