import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertSourceView, AlertView } from '../contract.ts';

let t: TestSystem;
let source: AlertSourceView;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(async () => {
  expect(t.errors).toEqual([]);
  source = await makeSource('alertmanager');
});

type Answer = { alerts: { alertId: string | null; dedupKey: string }[]; note?: string };

const makeSource = async (kind: string) =>
  (await t.call('POST', '/api/v1/alert-sources', { name: kind, kind })).body as AlertSourceView;
const raw = (body: BodyInit, path = new URL(source.intakeUrl).pathname, method = 'POST') =>
  t.app.request(path, { method, body });
const alert = (fingerprint: string, status = 'firing', more: object = {}) => ({
  status,
  labels: { alertname: 'DiskFull', instance: fingerprint, severity: 'critical' },
  annotations: {},
  startsAt: '2020-01-01T00:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint,
  ...more,
});
const group = (alerts: { status: string }[], more: object = {}) =>
  JSON.stringify({
    version: '4',
    groupKey: '{}:{alertname="DiskFull"}',
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver: 'team',
    groupLabels: { alertname: 'DiskFull' },
    externalURL: 'http://am.example.com',
    truncatedAlerts: 0,
    alerts,
    ...more,
  });
const send = async (body: string, path?: string, method?: string): Promise<Answer> => {
  const response = await raw(body, path, method);
  expect(response.status, await response.clone().text()).toBe(202);
  await t.settle();
  return (await response.json()) as Answer;
};
const alerts = async (of = source) =>
  ((await t.call('GET', '/api/v1/alerts?limit=200')).body as { items: AlertView[] }).items
    .filter(({ alertSourceId }) => alertSourceId === of.id)
    .toReversed();
const pagesOf = async (alertId: string) =>
  ((await t.call('GET', `/api/v1/pages?alertId=${alertId}`)).body as { items: object[] }).items;

describe('a group of Alertmanager', () => {
  it('opens an alert for each of its alerts, and pages again for one that joins', async () => {
    await send(group([alert('a'), alert('b')]));
    expect((await alerts()).map(({ title, count }) => [title, count])).toEqual([
      ['DiskFull on a', 1],
      ['DiskFull on b', 1],
    ]);
    await send(group([alert('a'), alert('b'), alert('c')]));
    const [a, , c] = await alerts();
    expect(a).toMatchObject({ count: 2, labels: { alertname: 'DiskFull', severity: 'critical' } });
    expect(a?.beganAt).toBe('2020-01-01T00:00:00.000Z');
    expect(await pagesOf(a?.id ?? '')).toHaveLength(1);
    expect(await pagesOf(c?.id ?? '')).toHaveLength(1);
  });

  it('is over for each alert as that one recovers', async () => {
    await send(group([alert('a'), alert('b')]));
    await send(group([alert('a', 'resolved'), alert('b')]));
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed', 'open']);
    await send(group([alert('b', 'resolved')]));
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed', 'closed']);
    await send(group([alert('a')]));
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed', 'closed', 'open']);
  });

  it('keeps the same alert apart for each receiver', async () => {
    await send(group([alert('a')]));
    await send(group([alert('a')], { receiver: 'another' }));
    expect((await alerts()).map(({ dedupKey }) => dedupKey)).toEqual(['team/a', 'another/a']);
  });

  it('that was cut off says so in an alert, which ends with the group', async () => {
    const answer = await send(group([alert('a')], { truncatedAlerts: 2 }));
    expect(answer.note).toContain('2 alerts');
    expect((await alerts()).map(({ title }) => title)).toEqual([
      'DiskFull on a',
      'Alertmanager cut off 2 alerts of this group. They are not shown here.',
    ]);
    await send(group([alert('a', 'resolved')]));
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });

  it('is taken whole or not at all', async () => {
    const response = await raw(group([alert('a'), { ...alert('b'), labels: 'x' } as { status: string }]));
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain('body.alerts.1.labels');
    expect(await alerts()).toEqual([]);
  });

  it('of 3,000 alerts is taken', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => alert(`n${i}`, 'firing', { labels: { severity: 'info' } }));
    expect((await send(group(many))).alerts).toHaveLength(3_000);
  });

  it('of more alerts than are taken is refused whole with 413, and kept', async () => {
    const response = await raw(group(Array.from({ length: 5_001 }, () => alert('a'))));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ title: 'Too large', status: 413, errors: [{ path: 'alerts' }] });
    expect(await alerts()).toEqual([]);
    const { body } = await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`);
    expect(body).toMatchObject({ items: [{ message: expect.stringContaining('holds 5001 alerts') as string }] });
  });

  it('whose alerts change their mind again and again is two changes, with an answer for each', async () => {
    const flips = Array.from({ length: 5_000 }, (_, i) => alert('a', i % 2 === 0 ? 'firing' : 'resolved'));
    const { alerts: answers } = await send(group(flips));
    const [only, ...more] = await alerts();
    // The last firing and the last resolved.
    expect([only?.state, only?.count, more]).toEqual(['closed', 2, []]);
    expect(answers).toHaveLength(5_000);
    expect(new Set(answers.map(({ alertId }) => alertId))).toEqual(new Set([only?.id]));
    await send(group(flips.slice(0, 4_999)));
    expect((await alerts()).map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('is taken at the bare address of its source, at that of any source that speaks JSON, and with a slash', async () => {
    await send(group([alert('a')]), `/intake/${source.key}`);
    await send(group([alert('b')]), `/intake/${source.key}/alertmanager/`, 'PUT');
    const generic = await makeSource('generic');
    await send(group([alert('c')]), `/intake/${generic.key}/alertmanager`);
    expect(await alerts()).toHaveLength(2);
    expect(await alerts(generic)).toHaveLength(1);
  });

  it('is answered with 503 and a time to come back while it cannot be stored, and counts once when it comes again', async () => {
    await t.database.pool.query('alter table signal rename to signal_away');
    const refused = await raw(group([alert('a')]));
    await t.database.pool.query('alter table signal_away rename to signal');
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(t.errors.splice(0)).toHaveLength(1);
    await send(group([alert('a')]));
    expect(await alerts()).toMatchObject([{ count: 1 }]);
  });

  it.each([
    ['', 'body is empty'],
    ['{"alerts":', 'body is not JSON'],
    ['[]', 'body'],
    ['{"status":"firing"}', 'body.alerts'],
    ['['.repeat(100_000) + ']'.repeat(100_000), 'nested'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'body is not valid UTF-8'],
  ])('like %.40s is refused, says why, and stays visible', async (body, why) => {
    const response = await raw(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(((await response.json()) as { detail: string }).detail).toContain(why);
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`)).body as { items: object[] };
    expect(items).toMatchObject([{ message: expect.stringContaining(why) as string }]);
  });

  it('with characters that the database cannot store is kept', async () => {
    const odd = group([
      alert('a', 'firing', { labels: { alertname: 'x', y: 'z' }, annotations: { summary: 'a@NUL@ b' } }),
    ]);
    await send(odd.replace('@NUL@', '\\u0000 \\ud800').replace('"y"', '"y\\u0000\\udfff"'));
    expect((await alerts())[0]?.title).toBe('a\ufffd \ufffd b');
  });

  it('is refused for an unknown key and above 8 MiB', async () => {
    expect((await raw('{}', '/intake/in_nobody/alertmanager')).status).toBe(404);
    expect((await raw(`{"x":"${'x'.repeat(9_000_000)}"}`)).status).toBe(413);
  });
});

describe('a group of Grafana', () => {
  beforeEach(async () => void (source = await makeSource('grafana')));

  it('is taken by POST and by PUT, with its links', async () => {
    const panel = { panelURL: 'http://grafana.example.com/d/1', values: { A: 3 } };
    await send(group([alert('a', 'firing', panel)], { receiver: 'Allclear' }));
    await send(group([alert('a', 'resolved', panel)], { receiver: 'Allclear' }), undefined, 'PUT');
    expect(await alerts()).toMatchObject([
      { url: panel.panelURL, state: 'closed', count: 2, evidence: { values: { A: 3 } } },
    ]);
  });

  it('from its Test button is seen, and pages nobody', async () => {
    await send(group([alert('t', 'firing', { labels: { alertname: 'TestAlert', instance: 'Grafana' } })]));
    const [test] = await alerts();
    expect(test).toMatchObject({ drill: true, severity: 'info', state: 'open' });
    expect(await pagesOf(test?.id ?? '')).toEqual([]);
  });
});
