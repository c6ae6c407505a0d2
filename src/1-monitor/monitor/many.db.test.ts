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

it('are found by their service; those of several are named', async () => {
  const [one, two] = [await add(1), await add(2)];
  expect(await t.call('POST', '/api/v1/monitors', { url: 'https://alone.example' })).toMatchObject({ status: 201 });
  const shared = { items: [{ id: one.serviceId, name: 'example.org', monitors: 2 }] };
  expect((await t.call('GET', '/api/v1/monitors/services')).body).toEqual(shared);
  expect((await found(`serviceId=${one.serviceId}`)).toSorted()).toEqual([one.id, two.id].toSorted());
  await many({ monitorIds: [two.id], act: 'archive' });
  expect((await t.call('GET', '/api/v1/monitors/services')).body).toEqual({ items: [] });
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

it('stand in groups within groups, found with or without what is inside', async () => {
  const [a, b, c, d] = [await add(1), await add(2), await add(3), await add(4)];
  const put = (one: Monitor, group: string | null) => t.call('PATCH', `/api/v1/monitors/${one.id}`, { group });
  expect((await put(a, ' Europe / Shop ')).body).toMatchObject({ group: 'Europe/Shop' });
  await many({ monitorIds: [b.id, c.id], act: 'group', group: 'Europe' });
  await put(d, 'Europe West');
  expect((await found('group=Europe')).toSorted()).toEqual([a.id, b.id, c.id].toSorted());
  expect((await found('inGroup=Europe')).toSorted()).toEqual([b.id, c.id].toSorted());
  await put(c, null);
  expect(await found('inGroup=')).toEqual([c.id]);
  await t.call('POST', `/api/v1/monitors/${a.id}/pause`, {});
  expect((await t.call('GET', '/api/v1/monitors/groups')).body).toEqual({
    items: [
      { group: 'Europe', monitors: 1, state: 'unknown' },
      { group: 'Europe West', monitors: 1, state: 'unknown' },
      { group: 'Europe/Shop', monitors: 1, state: 'paused' },
      { group: null, monitors: 1, state: 'unknown' },
    ],
  });
});

it('follow their group when it is renamed, moved or dissolved', async () => {
  const [a, b] = [await add(1), await add(2)];
  await t.call('PATCH', `/api/v1/monitors/${a.id}`, { group: 'Europe/Shop/Cart' });
  await t.call('PATCH', `/api/v1/monitors/${b.id}`, { group: 'Europe' });
  const rename = (from: string, to: string | null) => t.call('POST', '/api/v1/monitors/groups/rename', { from, to });
  const groups = async () =>
    [a, b].map(async ({ id }) => ((await t.call('GET', `/api/v1/monitors/${id}`)).body as Monitor).group);
  expect((await rename('Europe/Shop', 'World/Store')).body).toEqual({ monitors: 1 });
  expect(await Promise.all(await groups())).toEqual(['World/Store/Cart', 'Europe']);
  expect((await rename('World/Store', null)).body).toEqual({ monitors: 1 });
  expect((await rename('Europe', null)).body).toEqual({ monitors: 1 });
  expect(await Promise.all(await groups())).toEqual(['World/Cart', null]);
  expect(await rename('Europe', 'Asia')).toMatchObject({ status: 404 });
  expect(await rename('World', 'World/Inner')).toMatchObject({ status: 400 });
  expect((await rename('World', 'a/b/c/d/e')).body).toMatchObject({ errors: [{ path: 'body.to' }] });
  expect((await rename('World', 'a//b')).body).toMatchObject({ errors: [{ path: 'body.to' }] });
});

it('are cloned with their secrets, places, tags and group', async () => {
  const place = (await t.call('POST', '/api/v1/locations', { name: 'Cellar' })).body as { id: string };
  const like = (
    await t.call('POST', '/api/v1/monitors', {
      url: 'https://ada:sesame@example.org/a',
      name: 'Shop',
      tags: ['eu'],
      group: 'Europe',
      intervalSeconds: 45,
      confirm: { failures: 3, recoveries: 2, locations: 2 },
      locations: ['home', place.id],
    })
  ).body as Monitor;
  const made = await t.call('POST', `/api/v1/monitors/${like.id}/clone`, {});
  expect(made.status).toBe(201);
  const clone = made.body as Monitor;
  const alike = ({ url, tags, group, serviceId, intervalSeconds, confirm, options, locations }: Monitor) => ({
    url,
    tags,
    group,
    serviceId,
    intervalSeconds,
    confirm,
    options,
    places: locations.map(({ id }) => id).toSorted(),
  });
  expect(clone.name).toBe('Shop (copy)');
  expect(alike(clone)).toEqual(alike(like));
  const { rows } = await t.database.pool.query<{ sealed_secrets: string }>('select sealed_secrets from monitor');
  expect(new Set(rows.map(({ sealed_secrets: sealed }) => t.system.secrets.open(sealed))).size).toBe(1);
});

it('a cloned heartbeat has a key of its own', async () => {
  const times = { cron: '0 3 * * *', timeZone: 'Asia/Tokyo', graceSeconds: 600, maxRunSeconds: 900 };
  const like = (await t.call('POST', '/api/v1/heartbeats', { name: 'Backup', ...times })).body as Monitor;
  const clone = (await t.call('POST', `/api/v1/monitors/${like.id}/clone`, { name: 'Other' })).body as Monitor;
  expect(clone).toMatchObject({ name: 'Other', kind: 'heartbeat', heartbeat: times });
  expect(clone.heartbeat?.beatUrl).not.toBe(like.heartbeat?.beatUrl);
});
