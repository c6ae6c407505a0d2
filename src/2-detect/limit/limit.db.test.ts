import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import type { Claim } from '../signal/claim.ts';
import { doorOf } from '../signal/door.ts';
import type { AlertSourceView, TurnedAwayView } from '../contract.ts';

let t: TestSystem;

beforeAll(async () => void (t = await createTestSystem()));
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const CLAIM: Claim = {
  dedupKey: 'Flood',
  status: 'firing',
  severity: 'warning',
  title: 'Flood',
  source: null,
  labels: {},
  url: null,
  evidence: null,
  beganAt: null,
  drill: false,
  payload: '{}',
};

async function makeSource(kind: string, signalsPerMinute: number | null = null): Promise<AlertSourceView> {
  const made = await t.call('POST', '/api/v1/alert-sources', { name: `A ${kind}`, kind, signalsPerMinute });
  expect(made.status).toBe(201);
  return made.body as AlertSourceView;
}

async function send(source: AlertSourceView, body: unknown, path = new URL(source.intakeUrl).pathname) {
  const headers = { authorization: `GenieKey ${source.key}`, 'content-type': 'application/json' };
  const response = await t.app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

const SENT: Readonly<Record<string, (source: AlertSourceView) => unknown>> = {
  generic: () => ({ title: 'Disk is full' }),
  alertmanager: () => ({
    version: '4',
    status: 'firing',
    alerts: [{ status: 'firing', labels: { alertname: 'DiskFull' }, startsAt: '2026-11-20T10:00:00Z' }],
  }),
  grafana: () => ({
    status: 'firing',
    alerts: [{ status: 'firing', labels: { alertname: 'DiskFull' }, startsAt: '2026-11-20T10:00:00Z' }],
  }),
  pagerduty: ({ key }) => ({
    routing_key: key,
    event_action: 'trigger',
    payload: { summary: 'Disk is full', source: 'db1', severity: 'error' },
  }),
  opsgenie: () => ({ message: 'Disk is full' }),
  ticket: () => ({ id: 1, subject: 'Cannot pay' }),
};

describe('a source with a limit', () => {
  it.each([
    // Alertmanager and Grafana repeat what is answered with 503, and give up what is answered with 429.
    ['generic', 202, 429],
    ['alertmanager', 202, 503],
    ['grafana', 202, 503],
    ['pagerduty', 202, 429],
    ['opsgenie', 202, 429],
    ['ticket', 202, 429],
  ])('of the kind %s takes as many, and tells its sender to come back', async (kind, taken, over) => {
    const source = await makeSource(kind, 2);
    const body = SENT[kind]?.(source);
    for (let n = 0; n < 2; n += 1) expect((await send(source, body)).status).toBe(taken);
    const refused = await send(source, body);
    expect(refused).toMatchObject({ status: over, retryAfter: '30' });
    expect(JSON.stringify(refused.body)).toContain('takes 2 signals a minute');
    t.clock.advance(30);
    expect((await send(source, body)).status).toBe(taken);
  });

  it('answers in the words of PagerDuty', async () => {
    const source = await makeSource('pagerduty', 1);
    await send(source, SENT['pagerduty']?.(source));
    const refused = await send(source, { ...(SENT['pagerduty']?.(source) as object), event_action: 'resolve' });
    expect(refused).toMatchObject({ status: 429, body: { status: 'throttle exceeded' } });
    expect(refused.body['errors']).toEqual([refused.body['message']]);
  });

  it('counts every alert of a message, takes a large one as a whole, and what was turned away by the hour', async () => {
    const source = await makeSource('alertmanager', 10);
    const group = (size: number) => ({
      version: '4',
      status: 'firing',
      alerts: Array.from({ length: size }, (_, i) => ({
        status: 'firing',
        labels: { alertname: `Disk${i}` },
        startsAt: '2026-11-20T10:00:00Z',
      })),
    });
    expect((await send(source, group(50))).status).toBe(202);
    for (let n = 0; n < 3; n += 1) expect((await send(source, group(1))).status).toBe(503);
    const firstAt = t.clock.now().toISOString();
    // It owes forty, and wants one.
    t.clock.advance(4 * 60 + 6);
    expect((await send(source, group(1))).status).toBe(202);
    const path = `/api/v1/alert-sources/${source.id}/turned-away`;
    const items = await waitFor('the count', async () => {
      const { body } = await t.call('GET', path);
      const { items } = body as { items: TurnedAwayView[] };
      return items.length > 0 && items;
    });
    expect(items).toEqual([{ firstAt, lastAt: firstAt, overLimit: 3, overShare: 0 }]);
    t.clock.advance(31 * 86_400);
    await t.settle();
    expect((await t.call('GET', path)).body).toMatchObject({ items: [] });
  });

  it('may always read, and send the beats that are wrong when they do not come', async () => {
    const source = await makeSource('opsgenie', 1);
    await send(source, SENT['opsgenie']?.(source));
    expect((await send(source, SENT['opsgenie']?.(source))).status).toBe(429);
    const headers = { authorization: `GenieKey ${source.key}` };
    expect((await t.app.request('/v2/alerts', { headers })).status).toBe(200);
    const beat = await t.app.request('/v2/heartbeats/Backup/ping', { method: 'POST', headers });
    expect(beat.status).toBe(404);
  });
});

describe('the limit', () => {
  it('is none at first, is set and lifted, and stands in the audit log', async () => {
    const source = await makeSource('generic');
    expect(source.signalsPerMinute).toBeNull();
    const path = `/api/v1/alert-sources/${source.id}`;
    expect((await t.call('PATCH', path, { signalsPerMinute: 600 })).body).toMatchObject({ signalsPerMinute: 600 });
    expect((await t.call('PATCH', path, { shadow: true })).body).toMatchObject({ signalsPerMinute: 600, shadow: true });
    const lifted = await t.call('PATCH', path, { signalsPerMinute: null });
    expect(lifted.body).toMatchObject({ signalsPerMinute: null, shadow: true });
    const { body } = await t.call('GET', '/api/v1/audit-log?limit=20');
    const acts = (body as { items: { action: string }[] }).items.map(({ action }) => action);
    expect(acts.filter((action) => action === 'alert-source.limit')).toHaveLength(2);
  });

  it.each([[{}], [{ signalsPerMinute: 0 }], [{ signalsPerMinute: 1.5 }], [{ signalsPerMinute: 'many' }]])(
    'is refused as %j',
    async (body) => {
      const source = await makeSource('generic');
      expect((await t.call('PATCH', `/api/v1/alert-sources/${source.id}`, body)).status).toBe(400);
    },
  );
});

describe('one source that floods', () => {
  it('leaves room for the others, who are answered while it is told to come back', async () => {
    const [flooding, other] = [await makeSource('generic'), await makeSource('generic')];
    // A lock that holds every commit up until the test lets go.
    const client = await t.database.pool.connect();
    await client.query('begin; lock table alert in share row exclusive mode');
    const door = doorOf(t.system);
    const { source } = await door.sourceOf(flooding.key);
    const flood = Array.from({ length: 10_000 }, (_, n) =>
      door.store(source, [{ ...CLAIM, dedupKey: `Flood ${n % 100}` }], { format: 'json', text: '{}' }),
    );
    const over = await send(flooding, SENT['generic']?.(flooding));
    expect(over).toMatchObject({ status: 429, retryAfter: '1' });
    expect(over.body['detail']).toContain('10000 requests of this sender are waiting');
    const one = send(other, { title: 'Something else' });
    await client.query('rollback');
    client.release();
    expect((await Promise.all(flood)).flat()).toHaveLength(10_000);
    expect((await one).status).toBe(202);
  });
});
