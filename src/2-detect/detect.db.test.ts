import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView, SignalView } from './contract.ts';

let t: TestSystem;
let intakePath: string;

type Accepted = { alertId: string | null; dedupKey: string };

beforeAll(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const raw = (body: BodyInit) => t.app.request(intakePath, { method: 'POST', body });
const send = async (signal: object): Promise<Accepted> => {
  const response = await raw(JSON.stringify(signal));
  expect(response.status).toBe(202);
  const accepted = (await response.json()) as Accepted;
  await t.settle();
  return accepted;
};
const alertOf = async (alertId: string | null) => (await t.call('GET', `/api/v1/alerts/${alertId}`)).body as AlertView;
const act = async (alertId: string | null, name: string, body: object = {}) =>
  await t.call('POST', `/api/v1/alerts/${alertId}/${name}`, body);

describe('the intake', () => {
  it('opens one alert per key, and counts what repeats it', async () => {
    const first = await send({
      title: 'Disk almost full',
      dedupKey: 'disk',
      labels: { host: 'db1' },
      details: { free: '3 %' },
    });
    const again = await send({ title: 'Disk almost full, still', dedupKey: 'disk' });
    expect(again).toEqual(first);
    const alert = await alertOf(first.alertId);
    expect(alert).toMatchObject({
      title: 'Disk almost full',
      severity: 'error',
      state: 'open',
      count: 2,
      labels: { host: 'db1' },
      alertSourceName: 'Prometheus',
    });
    const { body } = await t.call('GET', `/api/v1/alerts/${first.alertId}/signals`);
    expect((body as { items: SignalView[] }).items.map((signal) => signal.title)).toEqual([
      'Disk almost full, still',
      'Disk almost full',
    ]);
  });

  it('takes the title as the key when none is given', async () => {
    expect((await send({ title: 'No key' })).dedupKey).toBe('No key');
  });

  it('closes the alert on resolved, and opens a new one when it fires again', async () => {
    const first = await send({ title: 'Queue long', dedupKey: 'queue' });
    expect(await send({ title: 'Queue fine', dedupKey: 'queue', status: 'resolved' })).toEqual(first);
    expect(await alertOf(first.alertId)).toMatchObject({ state: 'closed', closeReason: 'resolved', count: 2 });
    expect((await send({ title: 'Queue long', dedupKey: 'queue' })).alertId).not.toBe(first.alertId);
  });

  it('answers a resolved that nothing waits for', async () => {
    expect(await send({ title: 'Fine', dedupKey: 'never-fired', status: 'resolved' })).toEqual({
      alertId: null,
      dedupKey: 'never-fired',
    });
  });

  it('raises the severity to the gravest that was sent, and never lowers it', async () => {
    const { alertId } = await send({ title: 'Slow', dedupKey: 'slow', severity: 'warning' });
    await send({ title: 'Dead', dedupKey: 'slow', severity: 'critical', url: 'https://example.com/dead' });
    await send({ title: 'Slow', dedupKey: 'slow', severity: 'info', url: 'https://example.com/slow' });
    const grave = { severity: 'critical', title: 'Dead', url: 'https://example.com/dead' };
    expect(await alertOf(alertId)).toMatchObject({ ...grave, count: 3 });
  });

  it('keeps the first signal and the latest, whatever comes between', async () => {
    // Those of one wave may come in any order.
    const wave = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, i) => raw(JSON.stringify({ title: `n${from + i}`, dedupKey: 'many' }))),
      );
    const answers = [
      ...(await wave(0, 1)),
      ...(await wave(1, 251)),
      ...(await wave(251, 449)),
      ...(await wave(449, 450)),
    ];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const [first] = (await Promise.all(answers.map((answer) => answer.json()))) as Accepted[];
    const alertId = first?.alertId ?? null;
    expect((await alertOf(alertId)).count).toBe(450);
    const page = (await t.call('GET', `/api/v1/alerts/${alertId}/signals?limit=200`)).body as {
      items: SignalView[];
      nextCursor: string | null;
    };
    expect(page.items).toHaveLength(200);
    expect(page.nextCursor).toBeNull();
    expect(page.items[0]?.title).toBe('n449');
    expect(page.items.at(-1)?.title).toBe('n0');
    const latest = Array.from({ length: 199 }, (_, i) => `n${251 + i}`);
    expect(
      page.items
        .slice(0, -1)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(latest);
  });

  it('keeps the order of firing and resolved that arrive in one batch', async () => {
    const both = [
      raw(JSON.stringify({ title: 'F', dedupKey: 'both' })),
      raw(JSON.stringify({ title: 'R', dedupKey: 'both', status: 'resolved' })),
      raw(JSON.stringify({ title: 'F2', dedupKey: 'both' })),
    ];
    const [first, resolved, second] = (await Promise.all((await Promise.all(both)).map((r) => r.json()))) as Accepted[];
    expect(resolved?.alertId).toBe(first?.alertId);
    expect(second?.alertId).not.toBe(first?.alertId);
  });

  it.each([
    ['', 'body is empty'],
    ['{"title":', 'body is not JSON'],
    ['[]', 'body'],
    ['{"titel":"x"}', 'body.title'],
    ['{"title":"x","severity":"fatal"}', 'body.severity'],
    ['{"title":"x","url":"javascript:alert(1)"}', 'body.url'],
    [`{"title":"x","details":${'['.repeat(200)}${']'.repeat(200)}}`, 'body.details'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'body is not valid UTF-8'],
  ])('refuses %s and says why', async (body, why) => {
    const response = await raw(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(((await response.json()) as { detail: string }).detail).toContain(why);
  });

  it('keeps a signal with characters that the database cannot store', async () => {
    const response = await raw(
      '{"title":"a\\u0000b \\ud800","dedupKey":"odd","details":{"x":"\\u0000 \\udfff"},"labels":{"l\\ud800":"v\\u0000"}}',
    );
    expect(response.status).toBe(202);
    expect((await alertOf(((await response.json()) as Accepted).alertId)).title).toBe('a\ufffdb \ufffd');
  });

  it('writes down with its source what was too large, with how it began and its size', async () => {
    const body = JSON.stringify({ title: 'Too long', details: 'x'.repeat(300_000) });
    const { key, id } = (await t.call('POST', '/api/v1/alert-sources', { name: 'Talks' })).body as {
      key: string;
      id: string;
    };
    for (const headers of [{}, { 'content-length': String(body.length) }])
      expect((await t.app.request(`/intake/${key}`, { method: 'POST', body, headers })).status).toBe(413);
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${id}/refused`)).body as {
      items: { message: string; payload: string }[];
    };
    // Once a second.
    expect(items).toHaveLength(1);
    expect(items[0]?.message).toContain('more than 262,144 bytes');
    expect(items[0]?.payload).toHaveLength(1_024);
    expect(items[0]?.payload).toContain('"title":"Too long"');
  });

  it.each([
    ['pagerduty', '/v2/enqueue', 'routing_key'],
    ['opsgenie', '/v2/alerts', 'message'],
    ['ticket', '/intake/KEY/ticket', 'title'],
    ['alertmanager', '/intake/KEY/alertmanager', 'title'],
  ])('writes down what was too large for a source of %s', async (kind, path, field) => {
    const { key, id } = (await t.call('POST', '/api/v1/alert-sources', { name: kind, kind })).body as {
      key: string;
      id: string;
    };
    const body = JSON.stringify({ x: 'x'.repeat(400_000), [field]: key, y: 'y'.repeat(9_000_000) });
    const headers = { authorization: `GenieKey ${key}`, 'content-length': String(body.length) };
    const answer = await t.app.request(path.replace('KEY', key), { method: 'POST', body, headers });
    expect(answer.status).toBe(413);
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${id}/refused`)).body as {
      items: { message: string; payload: string }[];
    };
    expect(items).toMatchObject([{ message: expect.stringMatching(/has 9,400,\d{3} bytes/) as string }]);
    expect(items[0]?.payload.length).toBeLessThanOrEqual(1_024);
  });

  it('refuses an unknown key, a removed one, and a body that is too large', async () => {
    expect((await t.app.request('/intake/in_nobody', { method: 'POST', body: '{"title":"x"}' })).status).toBe(404);
    expect((await raw(JSON.stringify({ title: 'x', details: 'x'.repeat(300_000) }))).status).toBe(413);
    const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Gone' });
    const { id, key } = body as { id: string; key: string };
    expect((await t.call('GET', `/api/v1/alert-sources/${id}`)).body).toMatchObject({ key });
    expect((await t.call('DELETE', `/api/v1/alert-sources/${id}`)).status).toBe(204);
    expect((await t.app.request(`/intake/${key}`, { method: 'POST', body: '{"title":"x"}' })).status).toBe(404);
  });
});

describe('acts on an alert', () => {
  it('acknowledges once; a closed one has nothing to acknowledge', async () => {
    const { alertId } = await send({ title: 'Ack me' });
    expect((await act(alertId, 'acknowledge')).body).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: t.ownerId,
    });
    expect((await act(alertId, 'acknowledge')).status).toBe(200);
    expect((await act(alertId, 'close')).body).toMatchObject({ state: 'closed', closeReason: 'by-hand' });
    expect((await act(alertId, 'acknowledge')).status).toBe(409);
  });

  it('a dismissed alert stays quiet while its sender repeats itself, until it has recovered', async () => {
    const { alertId } = await send({ title: 'Noise', dedupKey: 'noise', severity: 'critical' });
    expect((await act(alertId, 'dismiss', { reason: 'a planned test' })).body).toMatchObject({
      state: 'closed',
      disposition: 'dismissed',
    });
    expect((await send({ title: 'Noise', dedupKey: 'noise', severity: 'critical' })).alertId).toBe(alertId);
    expect(await alertOf(alertId)).toMatchObject({ state: 'closed', count: 2 });
    await send({ title: 'Quiet', dedupKey: 'noise', status: 'resolved' });
    expect((await send({ title: 'Noise', dedupKey: 'noise' })).alertId).not.toBe(alertId);
  });

  it('a dismissed alert whose sender was quiet for an hour opens anew', async () => {
    const { alertId } = await send({ title: 'Old noise', dedupKey: 'old' });
    await act(alertId, 'dismiss');
    t.clock.advance(3_700);
    await t.settle();
    expect((await send({ title: 'Old noise', dedupKey: 'old' })).alertId).not.toBe(alertId);
  });
});

describe('the radar', () => {
  // Alerts of one source are asked about together.
  beforeEach(async () => {
    const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Radar' });
    intakePath = `/intake/${(body as { key: string }).key}`;
  });

  it('asks after five minutes, and suspects an incident after fifteen, each once', async () => {
    const { alertId } = await send({ title: 'Down, undeclared', severity: 'critical' });
    await t.advance(290);
    expect((await alertOf(alertId)).promptedAt).toBeNull();
    await t.advance(20);
    expect((await alertOf(alertId)).promptedAt).not.toBeNull();
    expect((await alertOf(alertId)).incidentId).toBeNull();
    await t.advance(600);
    const { incidentId } = await alertOf(alertId);
    const { body } = await t.call('GET', `/api/v1/incidents/${incidentId}`);
    expect(body).toMatchObject({
      state: 'suspected',
      automatic: true,
      title: 'Down, undeclared',
      severityConfirmed: false,
    });
    await t.advance(600);
    expect((await alertOf(alertId)).incidentId).toBe(incidentId);
  });

  it('leaves alone what is not critical, dismissed or recovered', async () => {
    const minor = await send({ title: 'Only an error', severity: 'error' });
    const dismissed = await send({ title: 'Dismissed', severity: 'critical' });
    const recovered = await send({ title: 'Recovered', severity: 'critical' });
    await act(dismissed.alertId, 'dismiss');
    await send({ title: 'Recovered', status: 'resolved' });
    await t.advance(1_000);
    for (const { alertId } of [minor, dismissed, recovered]) expect((await alertOf(alertId)).incidentId).toBeNull();
  });
});

it('lists alerts page by page, newest first, by state', async () => {
  const page = (await t.call('GET', '/api/v1/alerts?limit=2')).body as { items: AlertView[]; nextCursor: string };
  const next = (await t.call('GET', `/api/v1/alerts?limit=2&cursor=${page.nextCursor}`)).body as { items: AlertView[] };
  const ids = [...page.items, ...next.items].map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(new Set(ids).size).toBe(4);
  const closed = (await t.call('GET', '/api/v1/alerts?state=closed')).body as { items: AlertView[] };
  expect(new Set(closed.items.map(({ state }) => state))).toEqual(new Set(['closed']));
  expect((await t.call('GET', '/api/v1/alerts?cursor=nonsense')).status).toBe(400);
});
