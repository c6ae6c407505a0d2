import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSql } from '#platform/database.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import type { AlertSourceView, AlertView, ChangeEventView, ReceivedMessageView } from '../contract.ts';

let t: TestSystem;
let source: AlertSourceView;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(async () => {
  expect(t.errors).toEqual([]);
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Old pager', kind: 'pagerduty' }))
    .body as AlertSourceView;
});

const payload = { summary: 'Disk almost full', source: 'db1', severity: 'critical' };
const post = async (path: string, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await t.app.request(path, { method: 'POST', body: text });
  await t.settle();
  return { status: response.status, body: (await response.json()) as unknown };
};
const send = (act: string, more: object = {}) =>
  post('/v2/enqueue', {
    routing_key: source.key,
    event_action: act,
    dedup_key: 'disk',
    ...(act === 'trigger' ? { payload } : {}),
    ...more,
  });
const alerts = async () =>
  ((await t.call('GET', '/api/v1/alerts?limit=200')).body as { items: AlertView[] }).items
    .filter(({ alertSourceId }) => alertSourceId === source.id)
    .toReversed();
const pagesOf = async ({ id }: AlertView) =>
  ((await t.call('GET', `/api/v1/pages?alertId=${id}`)).body as { items: { state: string }[] }).items;
const processed = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: 'disk' } };

describe('the Events API', () => {
  it('gives a key in the shape that its senders expect', () => {
    expect(source.key).toMatch(/^[0-9a-f]{32}$/);
    expect(source.intakeUrl).toMatch(/\/pagerduty\/v2\/enqueue$/);
  });

  it('opens, counts, acknowledges, closes, and opens anew', async () => {
    expect(await send('trigger')).toEqual(processed);
    expect(await send('trigger')).toEqual(processed);
    const [first] = await alerts();
    expect(first).toMatchObject({ title: 'Disk almost full', severity: 'critical', state: 'open', count: 2 });
    expect(first && (await pagesOf(first)).map(({ state }) => state)).toEqual(['open']);

    expect(await send('acknowledge')).toEqual(processed);
    expect((await alerts()).map(({ state, acknowledgedBy }) => [state, acknowledgedBy])).toEqual([
      ['acknowledged', null],
    ]);
    expect(first && (await pagesOf(first)).map(({ state }) => state)).toEqual(['stopped']);

    expect(await send('resolve')).toEqual(processed);
    expect(await send('trigger')).toEqual(processed);
    expect((await alerts()).map(({ state, closeReason }) => [state, closeReason])).toEqual([
      ['closed', 'resolved'],
      ['open', null],
    ]);
  });

  it('takes an acknowledgement and a resolution that nothing waits for, and opens nothing', async () => {
    expect(await send('acknowledge')).toEqual(processed);
    expect(await send('resolve')).toEqual(processed);
    expect(await alerts()).toEqual([]);
  });

  it('makes a key where a trigger names none', async () => {
    const { body } = await send('trigger', { dedup_key: undefined });
    const [alert] = await alerts();
    expect(body).toMatchObject({ dedup_key: alert?.dedupKey });
  });

  it('is the same below its own path', async () => {
    const { status } = await post('/pagerduty/v2/enqueue', {
      routing_key: source.key,
      event_action: 'trigger',
      payload,
    });
    expect(status).toBe(202);
    expect(await alerts()).toHaveLength(1);
  });

  it('speaks the first version', async () => {
    const sent = { service_key: source.key, incident_key: 'k', description: 'Disk full' };
    const path = '/generic/2010-04-15/create_event.json';
    expect(await post(path, { ...sent, event_type: 'trigger' })).toEqual({
      status: 200,
      body: { status: 'success', message: 'Event processed', incident_key: 'k' },
    });
    await post(path, { ...sent, event_type: 'resolve' });
    expect((await alerts()).map(({ title, severity, state }) => [title, severity, state])).toEqual([
      ['Disk full', 'error', 'closed'],
    ]);
  });

  it.each([
    ['not JSON', '{"', 'Unrecognized object', /JSON parse error/],
    ['a list', '[]', 'Unrecognized object', /expected a JSON object/],
    ['no key', '{}', 'invalid event', /'routing_key' is missing/],
    ['a strange key', '{"routing_key":"0123"}', 'invalid event', /no alert source has this key/],
  ])('refuses %s with the reason', async (_, text, status, why) => {
    const answer = await post('/v2/enqueue', text);
    expect(answer).toMatchObject({ status: 400, body: { status } });
    expect((answer.body as { errors: string[] }).errors.join()).toMatch(why);
  });

  it('refuses an event without what it needs, and says so on the page of its source', async () => {
    const { status, body } = await send('trigger', { payload: { summary: 'x' } });
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: ["'payload.source' is missing or blank", "'payload.severity' is missing or blank"],
    });
    const [message] = await received(1);
    expect(message).toMatchObject({ outcome: 'refused', format: 'pagerduty', alertIds: [] });
    expect(message?.text).toContain("'payload.source' is missing or blank");
    expect(message?.payload).toContain('"summary":"x"');
  });

  it('answers 503 with a time to come back while nothing can be stored', async () => {
    const away = { ...payload, summary: 'Stored later' };
    await runSql(t.system.database, 'alter table signal rename to signal_away', []);
    const response = await t.app.request('/v2/enqueue', {
      method: 'POST',
      body: JSON.stringify({ routing_key: source.key, event_action: 'trigger', dedup_key: 'later', payload: away }),
    });
    await runSql(t.system.database, 'alter table signal_away rename to signal', []);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    t.errors.length = 0;
    expect(await alerts()).toEqual([]);
  });
});

const received = async (count: number) =>
  await waitFor('received messages', async () => {
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${source.id}/received`)).body as {
      items: ReceivedMessageView[];
    };
    return items.length >= count && items;
  });

describe('what became of a message', () => {
  it('stands with its source, newest first', async () => {
    await send('trigger');
    await send('trigger');
    await send('acknowledge');
    await send('resolve');
    await send('resolve');
    const messages = (await received(5)).toReversed();
    expect(messages.map(({ outcome }) => outcome)).toEqual([
      'opened',
      'joined',
      'acknowledged',
      'resolved',
      'unmatched',
    ]);
    const [alert] = await alerts();
    expect(messages[0]).toMatchObject({ text: '1 alert opened.', alertIds: [alert?.id] });
    expect(messages[4]).toMatchObject({ text: 'No open alert has this key.', alertIds: [] });
  });
});

describe('a change event', () => {
  it('is written down and alerts nobody', async () => {
    const answer = await post('/v2/change/enqueue', {
      routing_key: source.key,
      payload: {
        summary: 'Deployed 4.2',
        source: 'ci',
        timestamp: '2020-01-01T10:00:00Z',
        custom_details: { commit: 'abc' },
      },
      links: [{ href: 'https://ci.example.com/1', text: 'Build' }],
    });
    expect(answer).toEqual({ status: 202, body: { status: 'success', message: 'Change event processed' } });
    expect(await alerts()).toEqual([]);
    const { items } = (await t.call('GET', `/api/v1/change-events?alertSourceId=${source.id}`)).body as {
      items: ChangeEventView[];
    };
    expect(items).toMatchObject([
      {
        summary: 'Deployed 4.2',
        source: 'ci',
        alertSourceName: 'Old pager',
        details: { commit: 'abc' },
        links: [{ href: 'https://ci.example.com/1', text: 'Build' }],
        happenedAt: '2020-01-01T10:00:00.000Z',
      },
    ]);
  });

  it('is found by the time and the services that it concerns, with those of no service', async () => {
    const service = async (name: string) =>
      ((await t.call('POST', '/api/v1/services', { name })).body as { id: string }).id;
    const [shop, yard] = [await service('Shop'), await service('Yard')];
    await t.advance(60);
    const began = t.clock.now();
    for (const [summary, serviceId] of [
      ['Shop 2', shop],
      ['Yard 2', yard],
      ['Firewall', null],
    ] as const) {
      const made = await t.call('POST', '/api/v1/alert-sources', { name: summary, kind: 'pagerduty', serviceId });
      const { key } = made.body as AlertSourceView;
      await post('/v2/change/enqueue', { routing_key: key, payload: { summary } });
    }
    const list = async (query: string) => {
      const { status, body } = await t.call('GET', `/api/v1/change-events?since=${began.toISOString()}&${query}`);
      return status === 200 ? (body as { items: ChangeEventView[] }).items.map(({ summary }) => summary) : status;
    };
    expect(await list(`concerns=${shop}`)).toEqual(['Firewall', 'Shop 2']);
    expect(await list(`concerns=${shop},${yard}`)).toEqual(['Firewall', 'Yard 2', 'Shop 2']);
    expect(await list(`until=${new Date(began.getTime() - 1).toISOString()}`)).toEqual([]);
    expect(await list(`concerns=${shop},nobody`)).toBe(400);
    expect(await list('concerns=')).toBe(400);
  });

  it('needs a summary', async () => {
    expect(await post('/v2/change/enqueue', { routing_key: source.key, payload: {} })).toMatchObject({
      status: 400,
      body: { errors: ["'payload.summary' is missing or blank"] },
    });
  });
});
