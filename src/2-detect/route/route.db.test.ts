import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../alert/contract.ts';
import type { RouteTrialView, RoutingView } from './contract.ts';

type PageView = { readonly state: string; readonly urgency: string };

let t: TestSystem;
let intakePath: string;
let sourceId: string;
let policyId: string;
let keys = 0;

beforeAll(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
  sourceId = (body as { id: string }).id;
  const policies = await t.call('GET', '/api/v1/escalation-policies');
  policyId = (policies.body as { items: { id: string }[] }).items[0]?.id ?? '';
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const save = async (routes: object[], catchAll: object = { policyId: null, clockSeconds: 3_600 }) => {
  const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
  return await t.call('PUT', '/api/v1/routes', { version, routes, catchAll });
};
const send = async (signal: object = {}): Promise<AlertView> => {
  const body = JSON.stringify({ title: 'Queue is long', dedupKey: `route-${keys++}`, severity: 'error', ...signal });
  const response = await t.app.request(intakePath, { method: 'POST', body });
  const { alertId } = (await response.json()) as { alertId: string };
  await t.settle();
  return await read(alertId);
};
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;
const pagesOf = async ({ id }: AlertView) =>
  ((await t.call('GET', `/api/v1/pages?alertId=${id}`)).body as { items: PageView[] }).items;
const label = (name: string, value: string) => ({ field: 'label', name, op: 'is', values: [value] });

describe('a route', () => {
  it('decides who is asked, how loudly, and to which service it belongs, and says so on the alert', async () => {
    const service = (await t.call('POST', '/api/v1/services', { name: 'Ledger' })).body as { id: string };
    const outcome = { serviceId: service.id, urgency: 'low', policyId };
    expect((await save([{ name: 'Ledger alerts', match: [label('team', 'ledger')], outcome }])).status).toBe(200);
    const alert = await send({ severity: 'warning', labels: { team: 'Ledger' } });
    expect(alert).toMatchObject({
      serviceId: service.id,
      urgency: 'low',
      policyId,
      routeId: expect.stringMatching(/^rte_/),
    });
    expect(alert.reasons.map(({ text }) => text)).toEqual([
      'The route “Ledger alerts” takes it, because label team is ledger.',
      'It belongs to the service Ledger.',
      'It pages quietly.',
      expect.stringMatching(/^The escalation policy “.+” says who is asked\.$/),
    ]);
    expect(await pagesOf(alert)).toMatchObject([{ urgency: 'low' }]);
    expect(await send({ labels: { team: 'other' } })).toMatchObject({ routeId: null });
  });

  it('that suppresses keeps the alert visible and asks nobody, not even later', async () => {
    await save([
      { name: 'Noise', match: [{ field: 'title', op: 'contains', values: ['noise'] }], outcome: { suppress: true } },
    ]);
    const alert = await send({ title: 'Noise again', severity: 'critical' });
    expect(alert).toMatchObject({ state: 'open', quiet: 'suppressed', promptDueAt: null, suspectDueAt: null });
    await t.advance(20 * 60);
    expect(await pagesOf(alert)).toEqual([]);
    expect((await read(alert.id)).incidentId).toBeNull();
    const quiet = (await t.call('GET', '/api/v1/alerts?quiet=true')).body as { items: AlertView[] };
    expect(quiet.items.map(({ id }) => id)).toContain(alert.id);
    const loud = (await t.call('GET', '/api/v1/alerts?quiet=false')).body as { items: AlertView[] };
    expect(loud.items.map(({ id }) => id)).not.toContain(alert.id);
  });

  it('that holds asks nobody about what is over in time, and counts it', async () => {
    await save([{ name: 'Blips', match: [], outcome: { holdSeconds: 300 } }]);
    const [brief, long] = [await send({ dedupKey: 'brief' }), await send({ dedupKey: 'long' })];
    expect(brief).toMatchObject({ quiet: 'held' });
    expect(await pagesOf(brief)).toEqual([]);
    await t.advance(120);
    await send({ dedupKey: 'brief', status: 'resolved' });
    await t.advance(240);
    expect(await read(brief.id)).toMatchObject({ state: 'closed', quiet: 'held' });
    expect(await pagesOf(brief)).toEqual([]);
    expect(await read(long.id)).toMatchObject({ state: 'open', quiet: null });
    expect(await pagesOf(long)).toMatchObject([{ state: 'open' }]);
    expect((await t.call('GET', '/api/v1/alerts/counts')).body).toMatchObject({ transient: 1 });
    const vanished = (await t.call('GET', '/api/v1/alerts?transient=true')).body as { items: AlertView[] };
    expect(vanished.items.map(({ id }) => id)).toEqual([brief.id]);
    expect((await read(brief.id)).reasons.at(-1)?.text).toBe('It was over while it was held: nobody had been asked.');
    expect((await read(long.id)).reasons.at(-1)?.text).not.toContain('over while');
  });

  it('that declares does so once for a service, labelled automatic, and pages nobody twice', async () => {
    const service = (await t.call('POST', '/api/v1/services', { name: 'Billing' })).body as { id: string };
    const outcome = { serviceId: service.id, declare: { state: 'active', severity: 'SEV2' } };
    await save([{ name: 'Billing is down', match: [label('team', 'billing')], outcome }]);
    const first = await send({ severity: 'critical', labels: { team: 'billing' } });
    const second = await send({ severity: 'critical', labels: { team: 'billing' } });
    expect(first.incidentId).toMatch(/^inc_/);
    expect(second.incidentId).toBe(first.incidentId);
    const incident = (await t.call('GET', `/api/v1/incidents/${first.incidentId}`)).body;
    expect(incident).toMatchObject({ automatic: true, state: 'active', severity: 'SEV2', serviceIds: [service.id] });
    const pages = (await t.call('GET', `/api/v1/incidents/${first.incidentId}/pages`)).body as { items: object[] };
    expect(pages.items).toHaveLength(2);
  });

  it('asks for what its sender calls its source as a label, and a label that was sent so stands', async () => {
    await save([{ name: 'Cellar', match: [label('source', 'db-cellar')], outcome: { urgency: 'low' } }]);
    expect(await send({ source: 'db-cellar' })).toMatchObject({ urgency: 'low', labels: { source: 'db-cellar' } });
    const other = await send({ source: 'db-cellar', labels: { source: 'attic' } });
    expect(other).toMatchObject({ urgency: null, labels: { source: 'attic' } });
  });

  it('is asked again when the alert gets graver', async () => {
    await save([
      { name: 'Grave', match: [{ field: 'severity', op: 'is', values: ['critical'] }], outcome: { urgency: 'high' } },
      { name: 'Rest', match: [], outcome: { suppress: true } },
    ]);
    const alert = await send({ severity: 'warning', dedupKey: 'worse' });
    expect(alert).toMatchObject({ quiet: 'suppressed' });
    await send({ severity: 'critical', dedupKey: 'worse' });
    expect(await read(alert.id)).toMatchObject({ quiet: null, severity: 'critical' });
    expect(await pagesOf(alert)).toMatchObject([{ state: 'open', urgency: 'high' }]);
  });
});

describe('what no route takes', () => {
  it('has an owner and a clock: nobody looks, so somebody is asked', async () => {
    await save([], { policyId, clockSeconds: 600 });
    const [left, seen, info] = [
      await send({ severity: 'warning' }),
      await send({ severity: 'warning' }),
      await send({ severity: 'info' }),
    ];
    expect(left).toMatchObject({
      policyId,
      lookDueAt: expect.any(String),
      reasons: [{ kind: 'catch-all' }, { kind: 'outcome' }],
    });
    await t.call('POST', `/api/v1/alerts/${seen.id}/acknowledge`);
    await t.advance(660);
    expect(await pagesOf(left)).toMatchObject([{ state: 'open', urgency: 'low' }]);
    expect(await pagesOf(seen)).toEqual([]);
    expect(await pagesOf(info)).toEqual([]);
  });
});

describe('a warning of a service', () => {
  const serviceNamed = async (name: string) =>
    ((await t.call('POST', '/api/v1/services', { name })).body as { id: string }).id;

  it('asks its owner when nobody looks, says so, and pages at once when it gets graver', async () => {
    const serviceId = await serviceNamed('Warehouse');
    const source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Warehouse', serviceId })).body;
    const path = `/intake/${(source as { key: string }).key}`;
    const tell = async (signal: object) => {
      const response = await t.app.request(path, {
        method: 'POST',
        body: JSON.stringify({ title: 'Stock is old', severity: 'warning', dedupKey: 'stock', ...signal }),
      });
      const { alertId } = (await response.json()) as { alertId: string };
      await t.settle();
      return await read(alertId);
    };
    await save([], { policyId: null, clockSeconds: 600 });
    const alert = await tell({});
    expect(alert.lookDueAt).toBe(new Date(t.clock.now().getTime() + 600_000).toISOString());
    expect(alert.reasons.map(({ text }) => text)).toEqual([
      'No route takes it: the escalation policy of its service owns it.',
      'A warning pages nobody at once: its owner is asked, quietly, when nobody has looked at it within 10 m.',
    ]);
    const info = await tell({ dedupKey: 'known', severity: 'info' });
    expect(info).toMatchObject({ lookDueAt: null, reasons: [{ text: expect.stringMatching(/it asks nobody\.$/) }] });
    await t.advance(540);
    expect(await pagesOf(alert)).toEqual([]);
    await t.advance(120);
    expect(await pagesOf(alert)).toMatchObject([{ state: 'open', urgency: 'low' }]);
    expect(await pagesOf(info)).toEqual([]);
    await tell({ severity: 'critical' });
    expect(await read(alert.id)).toMatchObject({ severity: 'critical', urgency: null, lookDueAt: null });
    expect(await pagesOf(alert)).toContainEqual(expect.objectContaining({ state: 'open', urgency: 'high' }));
  });

  it('asks also when a route takes it and says no urgency, but not when the route says that it asks nobody', async () => {
    const serviceId = await serviceNamed('Yard');
    const route = (name: string, urgency: string | null) => ({
      name,
      match: [label('yard', name)],
      outcome: { serviceId, urgency },
    });
    await save([route('north', null), route('south', 'none')], { policyId: null, clockSeconds: 600 });
    const north = await send({ severity: 'warning', labels: { yard: 'north' } });
    const south = await send({ severity: 'warning', labels: { yard: 'south' } });
    expect(north.reasons.at(-1)?.text).toContain('nobody has looked at it within 10 m');
    expect(south).toMatchObject({ lookDueAt: null });
    await t.advance(660);
    expect(await pagesOf(north)).toMatchObject([{ state: 'open', urgency: 'low' }]);
    expect(await pagesOf(south)).toEqual([]);
  });
});

describe('the rules', () => {
  it('are refused when one can never match, with the reason', async () => {
    const refused = await save([
      { name: 'All', match: [], outcome: {} },
      { name: 'Databases', match: [label('team', 'db')], outcome: {} },
    ]);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('“Databases” can never match: “All” above it takes everything');
  });

  it.each([
    ['a service that is not there', { match: [], outcome: { serviceId: 'svc_none' } }],
    ['a policy that is not there', { match: [], outcome: { policyId: 'epo_none' } }],
    ['a comparison with nothing', { match: [{ field: 'title', op: 'is', values: [] }], outcome: {} }],
  ])('are refused with %s', async (_, route) => {
    expect((await save([{ name: 'Odd', ...route }])).status).toBe(400);
  });

  it('are not overwritten by somebody who read an older version', async () => {
    await save([]);
    const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
    const catchAll = { policyId: null, clockSeconds: 3_600 };
    expect((await t.call('PUT', '/api/v1/routes', { version, routes: [], catchAll })).status).toBe(200);
    expect((await t.call('PUT', '/api/v1/routes', { version, routes: [], catchAll })).status).toBe(409);
  });
});

describe('the route tester', () => {
  const tryOn = async (body: object) => await t.call('POST', '/api/v1/routes/test', body);

  it('explains each rule for a pasted payload, and stores nothing', async () => {
    await save([
      { name: 'Grave', match: [{ field: 'severity', op: 'is', values: ['critical'] }], outcome: { urgency: 'high' } },
      { name: 'Databases', match: [label('team', 'db')], outcome: { suppress: true } },
      { name: 'Prometheus', match: [{ field: 'source', op: 'is', values: [sourceId] }], outcome: {} },
    ]);
    const payload = JSON.stringify({ title: 'Disk', severity: 'warning', labels: { team: 'db' } });
    const { body } = await tryOn({ payload, sourceId });
    const [trial] = (body as { items: RouteTrialView[] }).items;
    expect(trial).toMatchObject({
      title: 'Disk',
      outcome: ['It is suppressed: it stays visible and asks nobody.'],
      routes: [
        {
          name: 'Grave',
          outcome: 'no-match',
          conditions: [{ text: 'severity is critical', holds: false, found: 'warning' }],
        },
        { name: 'Databases', outcome: 'decides', conditions: [{ holds: true, found: 'db' }] },
        { name: 'Prometheus', outcome: 'passed', conditions: [{ text: 'source is Prometheus', holds: true }] },
      ],
    });
  });

  it('reads what senders of other formats send, with their source', async () => {
    await save([{ name: 'Cellar', match: [label('source', 'db1')], outcome: { urgency: 'low' } }]);
    const decides = async (kind: string, body: object) => {
      const made = await t.call('POST', '/api/v1/alert-sources', { name: kind, kind });
      const asked = { payload: JSON.stringify(body), sourceId: (made.body as { id: string }).id };
      const answer = await tryOn(asked);
      return (answer.body as { items?: RouteTrialView[] }).items?.[0]?.routes[0]?.outcome ?? answer.status;
    };
    const payload = { summary: 'Disk', severity: 'warning', source: 'db1' };
    expect(await decides('pagerduty', { event_action: 'trigger', payload })).toBe('decides');
    expect(await decides('pagerduty', { event_type: 'trigger', description: 'Disk', client: 'db1' })).toBe('decides');
    expect(await decides('pagerduty', { event_action: 'acknowledge', dedup_key: 'x' })).toBe(400);
    expect(await decides('opsgenie', { message: 'Disk', source: 'db1' })).toBe('decides');
    expect(await decides('opsgenie', { message: '' })).toBe(400);
  });

  it('takes an alert that is there, a time, and rules that are not saved', async () => {
    const alert = await send({ labels: { team: 'web' } });
    const night = { field: 'time', op: 'within', days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' };
    const routes = [{ name: 'Night', match: [night], outcome: { urgency: 'low' } }];
    const ask = async (at: string) => {
      const { body } = await tryOn({ alertId: alert.id, routes, at });
      return (body as { items: RouteTrialView[] }).items[0]?.routes[0]?.outcome;
    };
    expect(await ask('2026-11-25T23:00:00Z')).toBe('decides');
    expect(await ask('2026-11-25T12:00:00Z')).toBe('no-match');
  });

  it('says what is wrong with a payload', async () => {
    expect((await tryOn({ payload: '{' })).status).toBe(400);
    expect((await tryOn({})).status).toBe(400);
    expect((await tryOn({ payload: '{"title":"x"}', sourceId: 'src_none' })).status).toBe(404);
  });
});
