import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../alert/contract.ts';
import type { AlertFoldsView, AlertFoldView } from './contract.ts';

type Acted = { readonly done: number; readonly refused: number; readonly next: string | null };

let t: TestSystem;
let intakes = 0;
let keys = 0;

beforeAll(async () => {
  t = await createTestSystem();
  // One group for each source, so that tests do not meet.
  const routes = [{ name: 'All', match: [], outcome: { group: { by: ['label:case'], windowSeconds: 3_600 } } }];
  await t.call('PUT', '/api/v1/routes', { version: 0, routes, catchAll: { policyId: null, clockSeconds: 3_600 } });
  await t.call('PATCH', '/api/v1/alert-settings', { stormPerMinute: null });
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

/** A group of alerts, some of them of a service. */
async function grouped(signals: readonly Readonly<Record<string, unknown> & { serviceId?: string }>[]) {
  const sources = new Map<string, string>();
  const label = `case-${intakes++}`;
  const made: string[] = [];
  for (const { serviceId = '', ...signal } of signals) {
    if (!sources.has(serviceId)) {
      const about = { name: `Source ${label} ${serviceId}`, ...(serviceId === '' ? {} : { serviceId }) };
      const { body } = await t.call('POST', '/api/v1/alert-sources', about);
      sources.set(serviceId, `/intake/${(body as { key: string }).key}`);
    }
    const { labels = {}, ...rest } = signal;
    const body = { title: 'Queue is long', severity: 'error', dedupKey: `fold-${keys++}`, ...rest };
    const answer = await t.app.request(sources.get(serviceId) ?? '', {
      method: 'POST',
      body: JSON.stringify({ ...body, labels: { ...(labels as object), case: label } }),
    });
    made.push(((await answer.json()) as { alertId: string }).alertId);
  }
  await t.settle();
  const first = await read(made[0] ?? '');
  return { groupId: first.groupId ?? '', ids: made };
}
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;
const service = async (name: string, dependsOn: readonly string[] = []) =>
  ((await t.call('POST', '/api/v1/services', { name, dependsOn })).body as { id: string }).id;
const folds = async (groupId: string, query = '') =>
  (await t.call('GET', `/api/v1/alert-groups/${groupId}/folds${query}`)).body as AlertFoldsView;
const names = ({ items }: AlertFoldsView) => items.map(({ name, count }) => `${name} ${count}`);
const inRow = async (groupId: string, fold: string, query = '') =>
  (await t.call('GET', `/api/v1/alerts?groupId=${groupId}&fold=${fold}${query}`)).body as {
    items: AlertView[];
    nextCursor: string | null;
  };
const act = async (groupId: string, body: object) => {
  const answer = await t.call('POST', `/api/v1/alert-groups/${groupId}/act`, body);
  await t.settle();
  return answer as { status: number; body: Acted };
};
const hosts = (...all: readonly (string | null)[]) =>
  all.map((host) => ({ labels: host === null ? {} : { host }, title: `${host ?? 'It'} is slow` }));
const rowOf = (list: AlertFoldsView, name: string | null): AlertFoldView => {
  const row = list.items.find((one) => one.name === name);
  if (row === undefined) throw new Error(`there is no row ${name} among ${names(list).join(', ')}`);
  return row;
};

describe('a list of alerts that ask as one', () => {
  it('is folded by what is down that their services need, also when its alert is elsewhere', async () => {
    const database = await service('Postgres');
    const [api, shop] = [await service('API'), await service('Shop')];
    const of = (serviceId: string, count: number, more: object = {}) =>
      Array.from({ length: count }, (_, i) => ({ serviceId, labels: { host: `${serviceId}-${i}` }, ...more }));
    const { groupId } = await grouped([...of(shop, 3), ...of(api, 2)]);
    expect(names(await folds(groupId))).toEqual(['Shop 3', 'API 2']);
    for (const [id, dependsOn] of [
      [api, database],
      [shop, api],
    ])
      await t.call('PATCH', `/api/v1/services/${id}`, { dependsOn: [dependsOn] });
    expect(await folds(groupId)).toMatchObject({ by: 'dependency', count: 5, nextCursor: null });
    expect(names(await folds(groupId))).toEqual(['API 5']);
    expect((await folds(groupId)).items[0]).toMatchObject({ serviceId: api, isCause: true, services: 2 });
    const cause = await grouped(of(database, 1, { title: 'Postgres is down', severity: 'critical' }));
    expect(names(await folds(groupId))).toEqual(['Postgres 5']);
    const [row] = (await folds(groupId)).items;
    expect(row?.match).toEqual([{ field: 'service', op: 'is', values: [api, shop].toSorted() }]);
    expect((await inRow(groupId, row?.id ?? '')).items).toHaveLength(5);
    await t.call('POST', `/api/v1/alerts/${cause.ids[0]}/close`);
    expect(names(await folds(groupId))).toEqual(['API 5']);
  });

  it('is folded by host, with ports and case left aside, and counts what has none', async () => {
    const labels = [
      { instance: 'DB-1:9100' },
      { instance: 'db-1:9187' },
      { host: 'db-1' },
      { hostname: 'db-2' },
      { node: 'db-2' },
    ];
    const { groupId } = await grouped([...labels.map((one) => ({ labels: one })), {}]);
    const list = await folds(groupId);
    expect(list.by).toBe('host');
    expect(names(list)).toEqual(['db-1 3', 'db-2 2', 'null 1']);
    expect(list.why).toBe(
      'By host: 2 rows hold 5 of 6 alerts, 1 has no known host. Otherwise it would be 6 lines by dependency, 6 by address, 1 by minute.',
    );
    expect(rowOf(list, 'db-1').match).toBeNull();
    expect(rowOf(list, null)).toMatchObject({ id: 'fld_host_none', match: null });
    expect((await inRow(groupId, 'fld_host_none')).items).toHaveLength(1);
    const ofOne = await grouped([{ labels: { instance: 'db-7:1' } }, { labels: { instance: 'db-7:2' } }]);
    expect((await folds(ofOne.groupId, '?by=host')).items[0]?.match).toEqual([
      { field: 'label', name: 'instance', op: 'is', values: ['db-7:1', 'db-7:2'] },
    ]);
  });

  it('is folded by address, whoever says it', async () => {
    const { groupId } = await grouped([
      { labels: { ip: '10.0.0.1', host: 'a' } },
      { labels: { host: '10.0.0.1' } },
      { labels: { instance: '[2001:DB8::1]:9100' } },
      { labels: { host: 'b' }, details: { address: '10.0.0.1' } },
      { labels: { host: 'c' }, details: { address: { street: 'High Street' } } },
      { labels: { host: 'd:80:90' } },
    ]);
    const list = await folds(groupId, '?by=address');
    expect(names(list)).toEqual(['10.0.0.1 2', '[2001:db8::1] 1', 'null 3']);
  });

  it('is folded by the minute when nothing else says more, and names no cause then', async () => {
    const one = Array.from({ length: 4 }, () => ({}));
    const early = await grouped(one);
    const list = await folds(early.groupId);
    expect(list).toMatchObject({
      by: 'time',
      items: [{ name: null, count: 4, at: expect.stringMatching(/:00\.000Z$/) }],
    });
    expect(list.items[0]?.match).toBeNull();
  });

  it('has one row when all say the same, and for a single alert', async () => {
    expect(names(await folds((await grouped(hosts('a', 'a', 'a'))).groupId, '?by=host'))).toEqual(['a 3']);
    const alone = await grouped(hosts('a'));
    expect(await folds(alone.groupId)).toMatchObject({
      count: 1,
      newestId: alone.ids[0],
      items: [{ count: 1, title: 'a is slow' }],
    });
  });

  it('counts states and severities, knows first and last, and puts what is still open first', async () => {
    const { groupId, ids } = await grouped([
      ...hosts('a', 'a', 'a'),
      ...hosts('b', 'b').map((one) => ({ ...one, severity: 'critical' })),
    ]);
    await t.call('POST', `/api/v1/alerts/${ids[3]}/acknowledge`);
    for (const id of ids.slice(0, 3)) await t.call('POST', `/api/v1/alerts/${id}/close`);
    const list = await folds(groupId, '?by=host');
    expect(list.items).toMatchObject([
      {
        name: 'b',
        states: { open: 1, acknowledged: 1, closed: 0 },
        severities: { critical: 2, error: 0, warning: 0, info: 0 },
      },
      { name: 'a', states: { open: 0, acknowledged: 0, closed: 3 }, severities: { critical: 0, error: 3 } },
    ]);
    const at = (await read(ids[0] ?? '')).firstSeenAt;
    expect(rowOf(list, 'a')).toMatchObject({ firstAt: at });
  });

  it('is read page by page, each row once, and so is a row', async () => {
    const { groupId } = await grouped(hosts('a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', null, null, null, null));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const list = await folds(groupId, `?by=host&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...names(list));
      cursor = list.nextCursor;
    }
    expect(seen.toSorted()).toEqual(['a 3', 'b 2', 'c 2', 'd 1', 'null 4']);
    expect([seen[0], seen[3], seen[4]]).toEqual(['a 3', 'd 1', 'null 4']);
    const row = rowOf(await folds(groupId, '?by=host'), 'a');
    const first = await inRow(groupId, row.id, '&limit=2');
    const rest = await inRow(groupId, row.id, `&limit=2&cursor=${first.nextCursor}`);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(3);
    expect(rest.nextCursor).toBeNull();
  });

  it.each([
    '<script>alert(1)</script>',
    "'; drop table alert; --",
    '\u202egnp.exe',
    '../../etc/passwd?x=1&y=%00',
    '{"a":1}',
    'ü'.repeat(150),
    '__proto__',
    'fld_host_none',
  ])('takes a host called %j for what it is: a name', async (host) => {
    const { groupId } = await grouped(hosts(host, host, 'other'));
    const row = rowOf(await folds(groupId, '?by=host'), host.toLowerCase());
    expect(row.count).toBe(2);
    expect((await inRow(groupId, row.id)).items).toHaveLength(2);
    expect((await act(groupId, { fold: row.id, do: { act: 'acknowledge' } })).body).toMatchObject({ done: 2 });
  });

  it('refuses what names no list, no row and no way', async () => {
    const { groupId } = await grouped(hosts('a'));
    expect((await t.call('GET', '/api/v1/alert-groups/grp_nowhere/folds')).status).toBe(404);
    for (const query of ['by=moon', 'cursor=eA', 'limit=0'])
      expect((await t.call('GET', `/api/v1/alert-groups/${groupId}/folds?${query}`)).status).toBe(400);
    for (const query of [`groupId=${groupId}&fold=fld_x`, 'fold=fld_host_none', `groupId=${groupId}&fold=nothing`])
      expect((await t.call('GET', `/api/v1/alerts?${query}`)).status).toBe(400);
    expect((await act('grp_nowhere', { do: { act: 'close' } })).status).toBe(404);
    for (const body of [
      { do: { act: 'escalate' } },
      { do: { act: 'close' }, fold: 'fld_x' },
      { do: { act: 'close' }, after: 'alt_x' },
      {},
    ])
      expect((await act(groupId, body)).status).toBe(400);
    const missing = `fld_host_${'0'.repeat(32)}`;
    expect((await inRow(groupId, missing)).items).toEqual([]);
    expect((await act(groupId, { fold: missing, do: { act: 'close' } })).body).toMatchObject({ done: 0, refused: 0 });
  });
});

describe('a row', () => {
  it('is acknowledged, snoozed, noted and closed as one, and nothing else with it', async () => {
    const { groupId, ids } = await grouped(hosts('a', 'a', 'a', 'b'));
    const row = rowOf(await folds(groupId, '?by=host'), 'a');
    const perform = async (does: object) => (await act(groupId, { fold: row.id, do: does })).body;
    expect(await perform({ act: 'acknowledge' })).toMatchObject({ done: 3, refused: 0, next: null });
    expect(await perform({ act: 'acknowledge' })).toMatchObject({ done: 0, refused: 0 });
    const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    expect(await perform({ act: 'snooze', until })).toMatchObject({ done: 3 });
    expect((await read(ids[0] ?? '')).snoozedUntil).toBe(until);
    expect(await perform({ act: 'unacknowledge' })).toMatchObject({ done: 3 });
    expect(await perform({ act: 'note', body: 'The rack has no power.' })).toMatchObject({ done: 3 });
    expect(await perform({ act: 'close' })).toMatchObject({ done: 3 });
    expect((await read(ids[3] ?? '')).state).toBe('open');
    expect(rowOf(await folds(groupId, '?by=host'), 'a').states).toEqual({ open: 0, acknowledged: 0, closed: 3 });
  });

  it('refuses one by one, and says why', async () => {
    const { groupId } = await grouped(hosts('a', 'a'));
    const past = new Date(t.clock.now().getTime() - 1_000).toISOString();
    expect((await act(groupId, { do: { act: 'snooze', until: past } })).body).toMatchObject({
      done: 0,
      refused: 2,
      refusals: [{ code: 'invalid', message: expect.stringContaining('future') }, {}],
    });
  });

  it('leaves alone what came after it was looked at', async () => {
    const { groupId, ids } = await grouped(hosts('a', 'a', 'a'));
    const untilId = ids.toSorted()[1];
    expect((await act(groupId, { untilId, do: { act: 'acknowledge' } })).body).toMatchObject({ done: 2 });
    expect((await read(ids.toSorted()[2] ?? '')).state).toBe('open');
  });

  it('of more than a hundred is done in several calls, and its page ends once: the one that asks comes last', async () => {
    const { groupId, ids } = await grouped(Array.from({ length: 205 }, (_, i) => hosts(`h-${i % 2}`)[0] ?? {}));
    const calls: Acted[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await act(groupId, { ...(next === '' ? {} : { after: next }), do: { act: 'close' } });
      calls.push(body);
      next = body.next;
    }
    expect(calls.map(({ done }) => done)).toEqual([100, 100, 5]);
    const pages = (await t.call('GET', `/api/v1/pages?alertId=${ids[0]}`)).body as { items: { state: string }[] };
    expect(pages.items).toMatchObject([{ state: 'stopped' }]);
    const moved = (await t.call('GET', `/api/v1/alerts/${ids[0]}/journal`)).body as { items: { kind: string }[] };
    expect(moved.items.filter(({ kind }) => kind === 'grouped')).toEqual([]);
    expect((await folds(groupId)).items.every(({ states }) => states.closed > 0 && states.open === 0)).toBe(true);
  });

  it('is acted on by two at once without either failing, each alert once', async () => {
    const { groupId, ids } = await grouped(hosts(...Array.from({ length: 60 }, () => 'a')));
    const body = { do: { act: 'close' } };
    const both = await Promise.all([act(groupId, body), act(groupId, body)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.reduce((sum, one) => sum + one.body.done, 0)).toBe(60);
    const journal = (await t.call('GET', `/api/v1/alerts/${ids[7]}/journal`)).body as { items: { kind: string }[] };
    expect(journal.items.filter(({ kind }) => kind === 'closed')).toHaveLength(1);
  });
});

it('of an incident is the same list, and of one that is not there none', async () => {
  const { ids } = await grouped(hosts('a', 'a', 'b'));
  const incident = (await t.call('POST', `/api/v1/alerts/${ids[0]}/declare`, { severity: 'SEV3' })).body as {
    id: string;
  };
  await t.settle();
  const path = `/api/v1/incidents/${incident.id}`;
  const list = (await t.call('GET', `${path}/alert-folds?by=host`)).body as AlertFoldsView;
  expect(names(list)).toEqual(['a 2', 'b 1']);
  const row = rowOf(list, 'a');
  const { body } = await t.call('GET', `/api/v1/alerts?incidentId=${incident.id}&fold=${row.id}`);
  expect((body as { items: AlertView[] }).items).toHaveLength(2);
  const acted = await t.call('POST', `${path}/alerts/act`, { fold: row.id, do: { act: 'close' } });
  expect(acted.body).toMatchObject({ done: 2, refused: 0 });
  expect((await t.call('GET', '/api/v1/incidents/inc_nowhere/alert-folds')).status).toBe(404);
  expect((await t.call('POST', '/api/v1/incidents/inc_nowhere/alerts/act', { do: { act: 'close' } })).status).toBe(404);
});
