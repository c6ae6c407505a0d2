import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor, MonitorRow } from './contract.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const add = async (n: number, tags: string[] = []) =>
  (await t.call('POST', '/api/v1/monitors', { url: `https://example.org/${n}`, tags })).body as Monitor;
const many = (body: object) => t.call('POST', '/api/v1/monitors/many', body);
const found = async (query: string) =>
  ((await t.call('GET', `/api/v1/monitors?${query}`)).body as { items: MonitorRow[] }).items.map(({ id }) => id);

it('are found by their tags, in any case, and by the words in them', async () => {
  const one = await add(1, ['EU', 'shop', 'eu']);
  expect(one.tags).toEqual(['eu', 'shop']);
  await add(2, ['us']);
  expect(await found('tag=EU')).toEqual([one.id]);
  expect(await found('search=shop')).toEqual([one.id]);
  expect((await t.call('GET', '/api/v1/monitors/tags')).body).toEqual({
    items: [
      { tag: 'eu', monitors: 1 },
      { tag: 'shop', monitors: 1 },
      { tag: 'us', monitors: 1 },
    ],
  });
});

it('are tagged, untagged, moved, paused, resumed and archived together', async () => {
  const ids = [await add(1, ['eu']), await add(2)].map(({ id }) => id);
  const [first = ''] = ids;
  await many({ monitorIds: ids, act: 'tag', tag: 'Night' });
  expect((await found('tag=night')).toSorted()).toEqual(ids.toSorted());
  await many({ monitorIds: [first], act: 'untag', tag: 'eu' });
  expect(await found('tag=eu')).toEqual([]);
  const service = (await t.call('POST', '/api/v1/services', { name: 'Shop' })).body as { id: string };
  await many({ monitorIds: ids, act: 'move', serviceId: service.id });
  expect((await found(`serviceId=${service.id}`)).length).toBe(2);
  await t.call('POST', `/api/v1/monitors/${first}/pause`, {});
  const paused = await many({ monitorIds: ids, act: 'pause' });
  expect(paused.body).toMatchObject({
    changed: [ids[1]],
    left: [{ id: first, reason: expect.stringContaining('paused already') }],
  });
  expect((await found('state=paused')).length).toBe(2);
  await many({ monitorIds: ids, act: 'resume' });
  expect((await many({ monitorIds: [...ids, 'mon_nobody'], act: 'archive' })).body).toMatchObject({
    left: [{ id: 'mon_nobody' }],
  });
  expect(await found('')).toEqual([]);
});

it('that are nowhere are not found', async () => {
  expect(await many({ monitorIds: ['mon_nobody', 'mon_else'], act: 'pause' })).toMatchObject({ status: 404 });
});

it.each([
  [{ act: 'tag' }, 'body.tag'],
  [{ act: 'move' }, 'body.serviceId'],
  [{ act: 'move', serviceId: 'svc_nobody' }, 'body.serviceId'],
  [{ act: 'dance' }, 'body.act'],
])('refuse %j, and nothing of it is done', async (asked, path) => {
  const { id } = await add(1);
  const refused = await many({ monitorIds: [id], ...asked });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
