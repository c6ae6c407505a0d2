import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Outcome } from '../result/contract.ts';
import { NO_PHASES } from '../result/observation.ts';
import { recordBatch } from '../result/record-batch.ts';
import { createMonitorBody } from './contract.ts';
import { createMonitor } from './create-monitor.ts';
import { endDrill, startDrill } from './drill.ts';
import { editMonitor } from './edit-monitor.ts';
import { archiveMonitor, pauseMonitor, resumeMonitor } from './pause-monitor.ts';
import { presentMonitor } from './present-monitor.ts';
import { readMonitor } from './read-monitors.ts';
import { listPage } from './routes.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const add = (body: object) => t.act((ctx) => createMonitor(ctx, createMonitorBody.parse(body)));
const show = async (id: string) =>
  presentMonitor(t.system.read(t.owner), await readMonitor(t.system.read(t.owner), id));
const rows = async (query: string) => (await t.database.pool.query(query)).rows;

async function observe(monitorId: string, outcome: Outcome, totalMs = 20) {
  const at = t.clock.now().getTime();
  const base = {
    dueAtMs: at,
    startedAtMs: at,
    latenessMs: 0,
    status: 200,
    address: null,
    certificateExpiresAtMs: null,
  };
  await recordBatch(t.system, [
    {
      monitorId,
      workspaceId: t.workspaceId,
      ...base,
      outcome,
      totalMs,
      phases: NO_PHASES,
      failures: [],
      error: null,
      evidence: null,
    },
  ]);
}

it('one URL makes a monitor with its name and its service', async () => {
  const id = await add({ url: 'https://shop.example.com/health' });
  expect(await show(id)).toMatchObject({
    name: 'shop.example.com/health',
    serviceName: 'shop.example.com',
    state: 'unknown',
    intervalSeconds: 30,
    worstCaseDetectionSeconds: 40,
  });
  const second = await add({ url: 'https://shop.example.com/cart' });
  expect((await show(second)).serviceId).toBe((await show(id)).serviceId);
  expect(await rows('select name, slug from service')).toEqual([
    { name: 'shop.example.com', slug: 'shop-example-com' },
  ]);
});

it('a private address is refused with the network that the owner may allow', async () => {
  await expect(add({ url: 'http://10.0.0.7/' })).rejects.toMatchObject({
    code: 'invalid',
    errors: [{ path: 'body.url', suggestion: '10.0.0.0/8' }],
  });
  await expect(add({ url: 'http://127.0.0.1:9/' })).resolves.toMatch(/^mon_/);
});

it('secret headers are sealed, shown masked, and kept when the mask comes back', async () => {
  const id = await add({
    url: 'https://example.com',
    headers: { Authorization: 'Bearer hunter2', Accept: 'text/html' },
  });
  expect((await show(id)).headers).toEqual({ Authorization: '[secret]', Accept: 'text/html' });
  expect(JSON.stringify(await rows('select * from monitor'))).not.toContain('hunter2');
  expect(JSON.stringify(await rows('select * from audit_entry'))).not.toContain('hunter2');
  await t.act((ctx) => editMonitor(ctx, id, { name: 'Home', headers: { authorization: '[secret]', Accept: '*/*' } }));
  const [{ sealed_secrets: sealed }] = await rows('select sealed_secrets from monitor');
  expect(JSON.parse(t.system.secrets.open(sealed))).toEqual({ authorization: 'Bearer hunter2' });
  expect(await show(id)).toMatchObject({ name: 'Home', headers: { authorization: '[secret]', Accept: '*/*' } });
});

it('a stored secret is not sent to another host than the one it was given for', async () => {
  const id = await add({ url: 'https://example.com', headers: { Authorization: 'Bearer hunter2' } });
  const edit = (change: Parameters<typeof editMonitor>[2]) => t.act((ctx) => editMonitor(ctx, id, change));
  const refusal = { code: 'invalid', errors: [{ path: 'body.headers' }] };
  for (const url of ['https://evil.example', 'http://example.com', 'https://example.com:8443'])
    await expect(edit({ url })).rejects.toMatchObject(refusal);
  await expect(edit({ url: 'https://evil.example', headers: { authorization: '[secret]' } })).rejects.toMatchObject(
    refusal,
  );
  await edit({ url: 'https://example.com/health' });
  await edit({ url: 'https://other.example', headers: { Authorization: 'Bearer mine' } });
  expect(await show(id)).toMatchObject({ url: 'https://other.example/', headers: { Authorization: '[secret]' } });
});

it('a drill is down for everybody, marked, ends by itself and leaves uptime alone', async () => {
  const id = await add({ url: 'https://example.com' });
  await observe(id, 'up');
  t.clock.advance(30);
  await t.act((ctx) => startDrill(ctx, id, 60));
  expect(await show(id)).toMatchObject({
    state: 'down',
    drill: { endsAt: new Date(t.clock.now().getTime() + 60_000).toISOString() },
  });
  expect(await rows('select state, drill from alert')).toEqual([{ state: 'open', drill: true }]);
  await expect(t.act((ctx) => startDrill(ctx, id, 60))).rejects.toMatchObject({ code: 'conflict' });
  t.clock.advance(30);
  await observe(id, 'up');
  expect((await show(id)).state).toBe('down');
  await t.advance(35);
  expect(await show(id)).toMatchObject({ state: 'up', drill: null, uptime30d: 100 });
  expect(await rows('select state, drill from alert')).toEqual([{ state: 'closed', drill: true }]);
  expect(await rows('select state, ended_at is null as open from state_interval where drill')).toEqual([
    { state: 'down', open: false },
  ]);
});

it('a real failure ends a drill, so that nobody takes it for one', async () => {
  const id = await add({ url: 'https://example.com' });
  await observe(id, 'up');
  await t.act((ctx) => startDrill(ctx, id, 600));
  t.clock.advance(30);
  await observe(id, 'down');
  expect(await show(id)).toMatchObject({ state: 'down', drill: null });
  expect(await rows('select drill, state from alert order by drill')).toEqual([
    { drill: false, state: 'open' },
    { drill: true, state: 'closed' },
  ]);
  await expect(t.act((ctx) => startDrill(ctx, id, 60))).rejects.toMatchObject({ code: 'conflict' });
});

it('a drill ended by hand is over at once, and only once', async () => {
  const id = await add({ url: 'https://example.com' });
  await t.act((ctx) => startDrill(ctx, id, 600));
  await t.act((ctx) => endDrill(ctx, id));
  expect(await show(id)).toMatchObject({ state: 'unknown', drill: null });
  expect(await rows('select state from alert')).toEqual([{ state: 'closed' }]);
  await expect(t.act((ctx) => endDrill(ctx, id))).rejects.toMatchObject({ code: 'conflict' });
});

it('pausing ends the alert, resuming starts afresh, archiving hides', async () => {
  const id = await add({ url: 'https://example.com' });
  await observe(id, 'down');
  await t.act((ctx) => pauseMonitor(ctx, id));
  expect((await show(id)).state).toBe('paused');
  expect(await rows('select state from alert')).toEqual([{ state: 'closed' }]);
  await expect(t.act((ctx) => pauseMonitor(ctx, id))).rejects.toMatchObject({ code: 'conflict' });
  await t.act((ctx) => resumeMonitor(ctx, id));
  expect((await show(id)).state).toBe('unknown');
  await t.act((ctx) => archiveMonitor(ctx, id));
  await expect(t.act((ctx) => pauseMonitor(ctx, id))).rejects.toMatchObject({ code: 'not_found' });
  expect((await listPage(t.system.read(t.owner), {}, { limit: 10 })).items).toEqual([]);
  expect(await rows('select count(*)::int as open from state_interval where ended_at is null')).toEqual([{ open: 0 }]);
});

it('the list is paged by the server: what needs attention first, then by name', async () => {
  for (const name of ['b', 'a', 'c', 'd']) await add({ url: `https://${name}.example.com`, name });
  const { items } = await listPage(t.system.read(t.owner), {}, { limit: 10 });
  await observe(items[2]?.id ?? '', 'down');
  await observe(items[1]?.id ?? '', 'up', 42);
  const first = await listPage(t.system.read(t.owner), {}, { limit: 3 });
  expect(first.items.map(({ name, state }) => [name, state])).toEqual([
    ['c', 'down'],
    ['a', 'unknown'],
    ['d', 'unknown'],
  ]);
  const rest = await listPage(t.system.read(t.owner), {}, { limit: 3, cursor: first.nextCursor ?? '' });
  expect(rest).toMatchObject({ items: [{ name: 'b', sparkline: [42], latencyMs: 42 }], nextCursor: null });
  expect((await listPage(t.system.read(t.owner), { state: 'up' }, { limit: 3 })).items).toHaveLength(1);
  expect(
    (await listPage(t.system.read(t.owner), { search: 'D.EXAMPLE' }, { limit: 3 })).items.map(({ name }) => name),
  ).toEqual(['d']);
  await expect(listPage(t.system.read(t.owner), {}, { limit: 3, cursor: 'nonsense' })).rejects.toMatchObject({
    code: 'invalid',
  });
});

it('a monitor that nobody checks is unknown, not up', async () => {
  const id = await add({ url: 'https://example.com' });
  await observe(id, 'up');
  const last = t.clock.now().getTime();
  await t.advance(150);
  expect((await show(id)).state).toBe('up');
  await t.advance(30);
  expect(await show(id)).toMatchObject({ state: 'unknown', since: new Date(last + 30_000).toISOString() });
  await observe(id, 'up');
  expect((await show(id)).state).toBe('up');
});
