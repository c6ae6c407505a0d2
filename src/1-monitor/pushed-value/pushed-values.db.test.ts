import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../monitor/contract.ts';

let t: TestSystem;
let id: string;
let path: string;
beforeEach(async () => {
  t = await createTestSystem();
  const wanted = { name: 'Orders that wait', test: 'at-most', value: 100, periodSeconds: 60, graceSeconds: 30 };
  const made = await t.call('POST', '/api/v1/pushed-values', wanted);
  expect(made.status).toBe(201);
  const monitor = made.body as Monitor;
  id = monitor.id;
  path = new URL(monitor.pushedValue?.pushUrl ?? '').pathname;
});
afterEach(() => t.close());

const push = async (value: number | string) => (await t.app.request(`${path}?value=${value}`)).status;
const post = async (body: string) => (await t.app.request(path, { method: 'POST', body })).status;
const show = async () => (await t.call('GET', `/api/v1/pushed-values/${id}`)).body as Monitor;
const edit = (change: object) => t.call('PATCH', `/api/v1/pushed-values/${id}`, change);
const rows = async (query: string) => (await t.database.pool.query(query)).rows;
const failures = async () =>
  ((await t.call('GET', `/api/v1/monitors/${id}/failures`)).body as { items: { summary: string }[] }).items;
const values = async (query = '') =>
  (await t.call('GET', `/api/v1/pushed-values/${id}/values${query}`)).body as {
    items: { number: number; value: number }[];
    nextCursor: string | null;
  };

describe('a pushed value', () => {
  it('expects nothing before the first value', async () => {
    await t.advance(600);
    expect(await show()).toMatchObject({ kind: 'value', state: 'unknown', pushedValue: { dueAt: null } });
    expect(await rows('select * from alert')).toEqual([]);
    expect(await rows('select name from component')).toEqual([]);
  });

  it('is up while it holds, down with an alert while it does not, and up again', async () => {
    expect(await push(7)).toBe(200);
    expect(await show()).toMatchObject({ state: 'up', latencyMs: null, pushedValue: { lastValue: 7 } });
    t.clock.advance(20);
    expect(await post('{"value": 100.5}')).toBe(200);
    expect(await show()).toMatchObject({ state: 'down', pushedValue: { lastValue: 100.5 } });
    expect((await failures())[0]?.summary).toBe('the value is 100.5, expected at most 100');
    expect(await rows('select state, source from alert')).toEqual([{ state: 'open', source: 'monitor' }]);
    t.clock.advance(20);
    await post('100');
    expect((await show()).state).toBe('up');
    expect(await rows('select state from alert')).toEqual([{ state: 'closed' }]);
  });

  it('is down only after it has not held for so long', async () => {
    await edit({ forSeconds: 100 });
    await push(1);
    for (const [wait, state] of [
      [50, 'up'],
      [50, 'up'],
      [50, 'down'],
    ] as const) {
      // prettier-ignore
      await t.advance(wait);
      await push(101);
      expect((await show()).state).toBe(state);
    }
    expect((await failures())[0]?.summary).toContain('expected at most 100 for 100 s');
  });

  it('is unknown, never down, after period and grace of silence, and known again by the next value', async () => {
    await push(1);
    await t.advance(85);
    expect((await show()).state).toBe('up');
    await t.advance(10);
    expect(await show()).toMatchObject({ state: 'unknown', pushedValue: { dueAt: null, lastValue: 1 } });
    expect((await failures())[0]?.summary).toContain('no value within 60 s and 30 s of grace');
    expect(await rows('select * from alert')).toEqual([]);
    await t.advance(600);
    expect(await failures()).toHaveLength(1);
    await push(2);
    expect((await show()).state).toBe('up');
  });

  it('blames nobody for a value that may have come while we did not run', async () => {
    await push(1);
    await t.advance(30);
    t.clock.advance(900);
    await t.settle();
    expect((await show()).state).toBe('unknown');
    expect(await failures()).toEqual([]);
    await push(2);
    expect((await show()).state).toBe('up');
    await t.advance(95);
    expect((await show()).state).toBe('unknown');
    expect(await failures()).toHaveLength(1);
  });

  it('stays down over our own absence, and is unknown when the sender is silent afterwards', async () => {
    await push(500);
    t.clock.advance(900);
    await t.settle();
    expect((await show()).state).toBe('down');
    await t.advance(120);
    expect((await show()).state).toBe('unknown');
  });

  it('that is no finite number is refused, and changes nothing', async () => {
    await push(1);
    const before = await rows('select * from pushed_value');
    for (const value of [
      '',
      'NaN',
      'Infinity',
      '-Infinity',
      '1e999',
      '0x10',
      '1;drop',
      '%00',
      '%ff',
      '1'.repeat(9_000),
    ])
      expect(await push(value), value.slice(0, 20)).toBe(400);
    for (const body of ['', '{', '{}', '[]', '{"value":"1"}', '{"value":[1]}', '\0', '1'.repeat(5_000), '🙂'])
      expect(await post(body), body.slice(0, 20)).toBe(400);
    expect((await t.app.request(path)).status).toBe(400);
    expect(await rows('select * from pushed_value')).toEqual(before);
    expect(await rows('select count(*)::int as n from check_result')).toEqual([{ n: 1 }]);
    // The largest and the smallest that there are.
    for (const value of ['1.7976931348623157e308', '-1.7976931348623157e308', '5e-324', '-0', '1e-999'])
      expect(await push(value), value).toBe(200);
  });

  it('keeps every value of many at once, the last thousand of them', async () => {
    const statuses = await Promise.all(Array.from({ length: 1_010 }, (_, index) => push(index)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await rows('select count(*)::int as n from check_result')).toEqual([{ n: 1_010 }]);
    expect(await rows('select count(*)::int as n, min(number)::int as first from pushed_value_sample')).toEqual([
      { n: 1_000, first: 11 },
    ]);
    const first = await values('?limit=2');
    expect(first.items.map(({ number }) => number)).toEqual([1_010, 1_009]);
    const second = await values(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ number }) => number)).toEqual([1_008, 1_007]);
    await t.call('POST', `/api/v1/monitors/${id}/pause`, {});
    t.clock.advance(91 * 86_400);
    await t.settle();
    expect((await values()).items).toEqual([]);
  });

  it('is kept while paused, and judged afterwards', async () => {
    await push(1);
    await t.call('POST', `/api/v1/monitors/${id}/pause`, {});
    await t.advance(600);
    expect(await push(500)).toBe(200);
    expect(await show()).toMatchObject({ state: 'paused', pushedValue: { lastValue: 500, dueAt: null } });
    await t.call('POST', `/api/v1/monitors/${id}/resume`, {});
    expect((await show()).state).toBe('unknown');
    t.clock.advance(1);
    await push(500);
    expect((await show()).state).toBe('down');
  });

  it('has an address that nobody can guess, and that ends with it', async () => {
    expect((await t.app.request('/push/pv_00000000000000000000000000?value=1')).status).toBe(404);
    expect((await t.app.request('/push/pv_?value=1')).status).toBe(404);
    expect((await t.app.request(`${path}/start?value=1`)).status).toBe(404);
    expect(JSON.stringify(await rows('select * from pushed_value'))).not.toContain(path.slice('/push/'.length));
    await t.call('DELETE', `/api/v1/monitors/${id}`);
    expect(await push(1)).toBe(404);
  });

  it('is changed by its own routes, and judged by the change from the next value on', async () => {
    await push(50);
    expect((await edit({ value: 10, periodSeconds: 600, name: 'Queue' })).body).toMatchObject({
      name: 'Queue',
      state: 'up',
      worstCaseDetectionSeconds: 630,
      pushedValue: { value: 10, test: 'at-most', periodSeconds: 600 },
    });
    expect((await edit({ forSeconds: 60 })).body).toMatchObject({ worstCaseDetectionSeconds: 2 * 630 + 60 });
    await edit({ forSeconds: 0 });
    await push(50);
    expect((await show()).state).toBe('down');
    const refused = await t.call('PATCH', `/api/v1/monitors/${id}`, { intervalSeconds: 60 });
    expect(refused.body).toMatchObject({ errors: [{ path: 'body.intervalSeconds' }] });
    const other = (await t.call('POST', '/api/v1/heartbeats', { name: 'Beat', periodSeconds: 60 })).body as Monitor;
    expect((await t.call('PATCH', `/api/v1/pushed-values/${other.id}`, { value: 1 })).status).toBe(400);
    expect((await t.call('GET', `/api/v1/pushed-values/${other.id}`)).status).toBe(404);
    for (const bad of [{ value: 'x' }, { forSeconds: -1 }, { periodSeconds: 0 }, { test: 'like' }])
      expect((await edit(bad)).status).toBe(400);
  });

  it('is cloned with a key of its own', async () => {
    const answer = await t.call('POST', `/api/v1/monitors/${id}/clone`, { name: 'Other' });
    const clone = answer.body as Monitor;
    expect(clone).toMatchObject({ name: 'Other', kind: 'value', pushedValue: { value: 100, lastValue: null } });
    expect(new URL(clone.pushedValue?.pushUrl ?? '').pathname).not.toBe(path);
  });
});
