import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AlertView } from '#detect/contract';
import type { Monitor } from '#monitor/contract';
import { createSinkServer, type SinkServer } from '#test/harness/sink-server.ts';
import { recordBatch } from '#monitor';
import { type Crew, createCrew } from '#test/harness/crew.ts';
import { observed } from '#test/harness/observed.ts';
import { createWatchdog } from './start-watchdog.ts';
import { readVitals } from './read-vitals.ts';

let t: Crew;
let sink: SinkServer;
beforeEach(async () => {
  sink = await createSinkServer(() => ({ status: 200, body: {} }));
  t = await createCrew({ env: { ALLCLEAR_HEARTBEAT_URL: `${sink.origin}/beat/hb_other` } });
});
afterEach(async () => {
  await t.end();
  await sink.close();
});

const troubles = async () =>
  Object.fromEntries(
    (await readVitals(t.system)).flatMap(({ name, trouble }) => (trouble === null ? [] : [[name, trouble]])),
  );
const alerts = async () =>
  ((await t.call('GET', '/api/v1/alerts')).body as { items: AlertView[] }).items.map(
    ({ title, state }) => `${state} ${title}`,
  );

it('calls the heartbeat address while all is well, and not while something stalls', async () => {
  const look = createWatchdog(t.system);
  await look();
  expect(sink.attempts.map(({ path }) => path)).toEqual(['/beat/hb_other']);
  await t.call('POST', '/api/v1/monitors', { url: 'https://example.com' });
  await look();
  expect(sink.attempts.length).toBe(2);
  // Nobody checks in this test.
  t.clock.advance(300);
  await look();
  await look();
  expect(sink.attempts.length).toBe(2);
  expect(await alerts()).toEqual(['open Allclear itself stalls: no result of a check was stored for a while']);
});

it('says when checks go on again', async () => {
  const look = createWatchdog(t.system);
  const { id } = (await t.call('POST', '/api/v1/monitors', { url: 'https://example.com' })).body as Monitor;
  t.clock.advance(300);
  await look();
  expect(await troubles()).toEqual({ checks: 'no result of a check was stored for a while' });
  await recordBatch(t.system, [observed({ workspaceId: t.workspaceId, monitorId: id, at: t.clock.now() }, 'up')]);
  // Another process: what stalled before it began is over all the same.
  await createWatchdog(t.system)();
  expect(await troubles()).toEqual({});
  expect(await alerts()).toEqual(['closed Allclear itself stalls: no result of a check was stored for a while']);
  await t.settle();
  await t.call('POST', `/api/v1/monitors/${id}/pause`, {});
  t.clock.advance(3_600);
  expect(await troubles()).toEqual({});
});

it('sees messages and steps of a page that nobody sends, and heartbeats and values whose silence nobody notices', async () => {
  const beating = (await t.call('POST', '/api/v1/heartbeats', { name: 'Backup', periodSeconds: 60, graceSeconds: 60 }))
    .body as Monitor;
  await t.app.request(new URL(String(beating.heartbeat?.beatUrl)).pathname, { method: 'POST' });
  const wanted = { name: 'Queue', test: 'at-most', value: 9 };
  const pushed = (await t.call('POST', '/api/v1/pushed-values', wanted)).body as Monitor;
  await t.app.request(`${new URL(String(pushed.pushedValue?.pushUrl)).pathname}?value=1`);
  const ann = await t.hire('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }], 1);
  await t.settle();
  await t.ask('POST', '/pages', { targets: [{ kind: 'user', userId: ann.id }], title: 'Look at this' });
  expect(await troubles()).toEqual({});
  t.clock.advance(1_000);
  expect(Object.keys(await troubles()).toSorted()).toEqual(['heartbeats', 'outbox', 'pager', 'values']);
  await t.settle();
  expect(await troubles()).toEqual({});
});

it('is read by whoever watches from outside, without a key and without names', async () => {
  const well = await t.app.request('/vitals');
  expect(well.status).toBe(200);
  expect(await well.json()).toEqual({
    well: true,
    database: 'well',
    checks: 'well',
    heartbeats: 'well',
    values: 'well',
    pager: 'well',
    outbox: 'well',
  });
});

it('says so when the database does not answer', async () => {
  await t.system.database.destroy();
  const gone = await t.app.request('/vitals');
  expect(gone.status).toBe(503);
  expect(await gone.json()).toEqual({ well: false, database: 'stalls' });
});
