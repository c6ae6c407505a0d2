import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { BeatView } from './contract.ts';

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
const beats = async (query = '') =>
  ((await t.call('GET', `/api/v1/heartbeats/${id}/beats${query}`)).body as { items: BeatView[] }).items;
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

describe('the beats of a heartbeat', () => {
  it('are listed newest first with what they said, from where, and how long the run took', async () => {
    await beat('/start?rid=a', { headers: { 'user-agent': 'curl/8.14', 'x-client-ip': '192.0.2.7' } });
    t.clock.advance(30);
    await beat('/start?rid=b');
    t.clock.advance(20);
    await beat('/log?rid=b', { method: 'POST', body: 'half way' });
    await beat('/0?rid=b');
    t.clock.advance(10);
    await beat('/2?rid=a', { method: 'POST', body: `${'x'.repeat(20_000)}the end` });
    const items = await beats();
    expect(items).toMatchObject([
      { number: 5, kind: 'failure', exitCode: 2, durationMs: 60_000, runId: 'a', logLength: 10_000 },
      { number: 4, kind: 'success', exitCode: 0, durationMs: 20_000, runId: 'b', logLength: 0 },
      { number: 3, kind: 'log', exitCode: null, durationMs: null, logLength: 8 },
      { number: 2, kind: 'start', runId: 'b', address: null },
      { number: 1, kind: 'start', runId: 'a', address: '192.0.2.7', agent: 'curl/8.14' },
    ]);
    const said = (await t.call('GET', `/api/v1/heartbeats/${id}/beats/5`)).body as { log: string };
    expect(said.log).toMatch(/^…x+the end$/);
    expect((await t.call('GET', `/api/v1/heartbeats/${id}/beats/6`)).status).toBe(404);
    expect((await beats('?kind=start&limit=1')).map(({ number }) => number)).toEqual([2]);
  });

  it('hold the silence too, and are kept to the last thousand and for 90 days', async () => {
    await beat();
    await t.advance(400);
    expect((await beats()).map(({ kind }) => kind)).toEqual(['missed', 'success']);
    await Promise.all(Array.from({ length: 1_010 }, () => beat()));
    expect(await rows('select count(*)::int as n, min(number)::int as first from heartbeat_beat')).toEqual([
      { n: 1_000, first: 13 },
    ]);
    await t.call('POST', `/api/v1/monitors/${id}/pause`, {});
    t.clock.advance(91 * 86_400);
    await t.settle();
    expect(await beats()).toEqual([]);
  });

  it('do not come with a run id that is none', async () => {
    expect(await beat('?rid=a%20b')).toBe(400);
    expect(await beat(`?rid=${'x'.repeat(65)}`)).toBe(400);
    expect(await beats()).toEqual([]);
  });

  it('by a log alone neither arm it nor make it up', async () => {
    expect(await beat('/log', { method: 'POST', body: 'hello' })).toBe(200);
    expect(await show()).toMatchObject({ state: 'unknown', heartbeat: { dueAt: null, lastBeatAt: null } });
  });
});

describe('a heartbeat by cron', () => {
  const edit = (change: object) => t.call('PATCH', `/api/v1/heartbeats/${id}`, change);

  it('expects the next time in its zone, and is late only after that and the grace', async () => {
    // The clock of the tests stands at 10:00 in UTC, which is 11:00 in Berlin.
    const answer = await edit({ cron: '30 12 * * *', timeZone: 'Europe/Berlin', graceSeconds: 60 });
    expect(answer.body).toMatchObject({
      // From one noon to the next is 25 hours once a year.
      worstCaseDetectionSeconds: 90_060,
      heartbeat: { cron: '30 12 * * *', timeZone: 'Europe/Berlin', expectedAt: null },
    });
    await beat();
    const noon = new Date(t.clock.now());
    noon.setUTCHours(11, 30, 0, 0);
    expect((await show()).heartbeat?.expectedAt).toBe(noon.toISOString());
    t.clock.set(new Date(noon.getTime() - 200_000));
    await t.settle();
    await t.advance(250);
    expect((await show()).state).toBe('up');
    await t.advance(20);
    expect(await show()).toMatchObject({ state: 'down', heartbeat: { expectedAt: noon.toISOString(), dueAt: null } });
  });

  it('is unknown when we did not run at its time, and waits for the next one', async () => {
    await edit({ cron: '30 10 * * *', timeZone: 'UTC', graceSeconds: 60 });
    await beat();
    t.clock.advance(29 * 60 + 50);
    await t.settle();
    await t.advance(100);
    expect(await show()).toMatchObject({
      state: 'unknown',
      heartbeat: { expectedAt: '2026-11-26T10:30:00.000Z', dueAt: '2026-11-26T10:31:00.000Z' },
    });
    expect(await rows('select * from alert')).toEqual([]);
  });

  it('is previewed before it is saved, with its faults in words', async () => {
    const preview = (asked: Record<string, string>) =>
      t.call('GET', `/api/v1/heartbeats/preview?${new URLSearchParams(asked)}`);
    const good = await preview({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
    expect(good.body).toMatchObject({ timeZone: 'Europe/Berlin', periodSeconds: expect.any(Number), fault: null });
    expect((good.body as { next: string[] }).next).toHaveLength(5);
    expect((await preview({ cron: '61 * * * *' })).body).toMatchObject({
      next: [],
      fault: 'the minute is a number from 0 to 59, not "61"',
    });
    expect((await preview({ cron: '0 0 31 2 *' })).body).toMatchObject({ fault: 'never comes: there is no such day' });
  });

  it('refuses what cannot be read, and a period beside it', async () => {
    const faults = async (change: object) => ((await edit(change)).body as { errors?: { path: string }[] }).errors;
    expect(await faults({ cron: '* * * *' })).toMatchObject([{ path: 'body.cron' }]);
    expect(await faults({ cron: '* * * * *', periodSeconds: 60 })).toMatchObject([{ path: 'body.cron' }]);
    expect(await faults({ timeZone: 'UTC' })).toMatchObject([{ path: 'body.timeZone' }]);
    expect(await faults({ cron: '* * * * *', timeZone: 'Mars/Olympus' })).toMatchObject([{ path: 'body.timeZone' }]);
    expect((await t.call('POST', '/api/v1/heartbeats', { name: 'Nothing' })).status).toBe(400);
    expect((await edit({ cron: '@daily' })).body).toMatchObject({ heartbeat: { cron: '@daily' } });
    expect((await edit({ periodSeconds: 60 })).body).toMatchObject({
      heartbeat: { cron: null, timeZone: null, periodSeconds: 60 },
    });
  });
});
