import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../alert/contract.ts';
import type { RoutingView } from '../route/contract.ts';
import type { AlertStormView } from './contract.ts';

type PageView = {
  readonly state: string;
  readonly title: string;
  readonly alertId: string;
  readonly stopReason: string | null;
};

let t: TestSystem;
let intakePath: string;

beforeEach(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

const post = (signal: object) =>
  t.app.request(intakePath, {
    method: 'POST',
    body: JSON.stringify({ title: 'Queue is long', severity: 'error', ...signal }),
  });
const send = async (signal: object): Promise<AlertView> => {
  const response = await post(signal);
  await t.settle();
  return await read(((await response.json()) as { alertId: string }).alertId);
};
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;
const pages = async (state: string) =>
  ((await t.call('GET', `/api/v1/pages?state=${state}&limit=200`)).body as { items: PageView[] }).items;
const storms = async () => ((await t.call('GET', '/api/v1/alert-storms')).body as { items: AlertStormView[] }).items;

describe('a storm', () => {
  const burst = async (count: number, signal: (i: number) => object = () => ({})) => {
    const answers = await Promise.all(
      Array.from({ length: count }, (_, i) => post({ dedupKey: `key-${i}`, ...signal(i) })),
    );
    await t.settle();
    return await Promise.all(answers.map(async (one) => ((await one.json()) as { alertId: string }).alertId));
  };

  it('is one page with a count, nothing is lost, and says what the alerts have in common', async () => {
    const ids = await burst(200, (i) => ({ title: `db-${i % 2} is slow`, labels: { host: `db-${i % 2}` } }));
    const open = await pages('open');
    expect(open).toHaveLength(1);
    expect(open[0]?.title).toMatch(/^Alert storm: \d+ alerts so far, “db-\d is slow” among them$/);
    const alerts = await Promise.all(ids.map(read));
    expect(alerts.filter(({ quiet }) => quiet === null)).toHaveLength(1);
    expect(alerts.filter(({ quiet }) => quiet === 'grouped')).toHaveLength(199);
    const leadId = alerts.find(({ quiet }) => quiet === null)?.id;
    for (const { quiet, reasons } of alerts) {
      expect(reasons[0]?.kind).toBe('catch-all');
      expect(reasons.filter(({ kind }) => kind === 'storm')).toMatchObject([
        quiet === 'grouped'
          ? { alertId: leadId, text: expect.stringMatching(/^Grouped because it came in a storm of alerts: “db-\d is/) }
          : { text: 'It came in a storm of alerts, and asks for all of them.' },
      ]);
    }
    const [storm] = await storms();
    expect(storm).toMatchObject({ count: 200, open: 200, leadId: open[0]?.alertId });
    const lead = alerts.find(({ id }) => id === storm?.leadId);
    expect(lead?.standsFor).toEqual({ count: 199, open: 199 });
    expect(alerts.filter(({ standsFor }) => standsFor !== null)).toEqual([lead]);
    await t.call('POST', `/api/v1/alerts/${alerts.find(({ quiet }) => quiet === 'grouped')?.id}/close`, {});
    const listed = (await t.call('GET', '/api/v1/alerts?quiet=false')).body as { items: AlertView[] };
    expect(listed.items.map(({ standsFor }) => standsFor)).toEqual([{ count: 199, open: 198 }]);
    expect(storm?.causes.map(({ name, count }) => `${name} ${count}`).toSorted()).toEqual(['db-0 100', 'db-1 100']);
  });

  it('hands its page on when the lead is over, and is done when all are', async () => {
    await burst(40);
    const [before] = await pages('open');
    const lead = await read(before?.alertId ?? '');
    await send({ dedupKey: lead.dedupKey, status: 'resolved' });
    const [after] = await pages('open');
    expect(after?.alertId).not.toBe(lead.id);
    const next = await read(after?.alertId ?? '');
    expect(next).toMatchObject({ quiet: null, reasons: [{}, { kind: 'storm', alertId: lead.id }] });
    for (let i = 0; i < 40; i++) await post({ dedupKey: `key-${i}`, status: 'resolved' });
    await t.settle();
    expect(await pages('open')).toEqual([]);
    expect((await t.call('GET', '/api/v1/alerts/counts')).body).toMatchObject({ open: 0, quiet: 0 });
  });

  it('lets a graver alert take the lead, is one suspicion with a list, and ends when it calms down', async () => {
    await burst(40);
    const grave = await send({ dedupKey: 'grave', severity: 'critical', title: 'All is lost' });
    expect(grave.quiet).toBeNull();
    expect((await pages('open')).map(({ alertId }) => alertId)).toEqual([grave.id]);
    await t.advance(16 * 60);
    const { incidentId } = await read(grave.id);
    const linked = (await t.call('GET', `/api/v1/alerts?incidentId=${incidentId}&limit=200`)).body as {
      items: AlertView[];
    };
    expect(linked.items).toHaveLength(41);
    expect(await storms()).toEqual([]);
    expect((await send({ dedupKey: 'calm' })).quiet).toBeNull();
  });

  it('begins only over the count that the workspace chose', async () => {
    await burst(30);
    expect(await storms()).toEqual([]);
    expect(await pages('open')).toHaveLength(30);
    await t.call('PATCH', '/api/v1/alert-settings', { stormPerMinute: null });
    await burst(60, (i) => ({ dedupKey: `never-${i}` }));
    expect(await storms()).toEqual([]);
  });

  it('is made as well by what a mute kept quiet, and by what nobody looked at', async () => {
    const match = [{ field: 'severity', op: 'is', values: ['error'] }];
    const endsAt = new Date(t.clock.now().getTime() + 600_000).toISOString();
    const muted = await t.call('POST', '/api/v1/mutes', { match, reason: 'Disks are changed.', endsAt });
    const ids = await burst(60);
    expect(await pages('open')).toEqual([]);
    await t.advance(300);
    await t.call('POST', `/api/v1/mutes/${(muted.body as { id: string }).id}/end`);
    await t.settle();
    const [page, ...others] = await pages('open');
    expect(others).toEqual([]);
    expect(await storms()).toMatchObject([{ count: 60, leadId: page?.alertId }]);
    const alerts = await Promise.all(ids.map(read));
    expect(alerts.filter(({ quiet }) => quiet === 'grouped')).toHaveLength(59);
    await Promise.all(ids.map(async (id) => await t.call('POST', `/api/v1/alerts/${id}/close`)));
    await t.advance(10 * 60);
    await burst(60, (i) => ({ dedupKey: `slow-${i}`, severity: 'warning' }));
    await t.advance(61 * 60);
    expect(await storms()).toMatchObject([{ count: 60 }]);
    expect(await pages('open')).toHaveLength(1);
  });

  it('is not made by alerts that page nobody', async () => {
    await burst(60, () => ({ severity: 'warning' }));
    expect(await storms()).toEqual([]);
  });
});

describe('a route that groups', () => {
  it('makes one page of alerts with the same values within the window', async () => {
    const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
    const routes = [{ name: 'Hosts', match: [], outcome: { group: { by: ['label:host'], windowSeconds: 600 } } }];
    const saved = await t.call('PUT', '/api/v1/routes', {
      version,
      routes,
      catchAll: { policyId: null, clockSeconds: 3_600 },
    });
    expect(saved.status).toBe(200);
    const first = await send({ dedupKey: 'a', labels: { host: 'db1' } });
    const second = await send({ dedupKey: 'b', labels: { host: 'db1' } });
    const other = await send({ dedupKey: 'c', labels: { host: 'db2' } });
    expect(second).toMatchObject({ quiet: 'grouped', groupId: first.groupId });
    expect(other.quiet).toBeNull();
    expect(second.reasons.at(-1)).toEqual({
      kind: 'group',
      text: 'Grouped by the route “Hosts”: “Queue is long” asks for all of them.',
      alertId: first.id,
    });
    expect((await pages('open')).map(({ alertId }) => alertId).toSorted()).toEqual([first.id, other.id].toSorted());
    const journal = (await t.call('GET', `/api/v1/alerts/${second.id}/journal`)).body as { items: { text: string }[] };
    expect(journal.items[0]?.text).toBe('Grouped with “Queue is long”, by the route “Hosts”.');
    await t.advance(11 * 60);
    expect((await send({ dedupKey: 'd', labels: { host: 'db1' } })).quiet).toBeNull();
  });

  it('makes one page of what it held back first, and of what was put off', async () => {
    const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
    const outcome = { holdSeconds: 60, group: { by: ['label:host'], windowSeconds: 600 } };
    const catchAll = { policyId: null, clockSeconds: 3_600 };
    await t.call('PUT', '/api/v1/routes', { version, routes: [{ name: 'Hosts', match: [], outcome }], catchAll });
    const held = [];
    for (const dedupKey of ['a', 'b', 'c', 'd']) held.push(await send({ dedupKey, labels: { host: 'db1' } }));
    expect(held.map(({ quiet }) => quiet)).toEqual(['held', 'held', 'held', 'held']);
    await t.advance(70);
    const [first, ...others] = await Promise.all(held.map(async ({ id }) => await read(id)));
    expect((await pages('open')).map(({ alertId }) => alertId)).toEqual([first?.id]);
    for (const one of others) expect(one).toMatchObject({ quiet: 'grouped', groupId: first?.groupId });
    const until = new Date(t.clock.now().getTime() + 120_000).toISOString();
    await t.call('POST', `/api/v1/alerts/${first?.id}/snooze`, { until });
    await t.advance(130);
    expect((await pages('open')).map(({ alertId }) => alertId)).toEqual([first?.id]);
    expect((await read(others[0]?.id ?? '')).quiet).toBe('grouped');
  });

  it('asks on for the others when somebody mutes the one that asks for them, and when its service is worked on', async () => {
    const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
    const service = (await t.call('POST', '/api/v1/services', { name: 'Shop' })).body as { id: string };
    const source = { name: 'Shop', serviceId: service.id };
    const { key } = (await t.call('POST', '/api/v1/alert-sources', source)).body as { key: string };
    const ofShop = async (signal: object): Promise<AlertView> => {
      const body = JSON.stringify({ title: 'Two', dedupKey: 'b', ...signal });
      const response = await t.app.request(`/intake/${key}`, { method: 'POST', body });
      await t.settle();
      return await read(((await response.json()) as { alertId: string }).alertId);
    };
    const routes = [{ name: 'All', match: [], outcome: { group: { by: [], windowSeconds: 600 } } }];
    await t.call('PUT', '/api/v1/routes', { version, routes, catchAll: { policyId: null, clockSeconds: 3_600 } });
    const lead = await send({ dedupKey: 'a', title: 'One' });
    const next = await ofShop({ severity: 'error' });
    const last = await send({ dedupKey: 'c', title: 'Three' });
    const soon = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    const match = [{ field: 'title', op: 'is', values: ['One'] }];
    await t.call('POST', '/api/v1/mutes', { match, reason: 'Known.', endsAt: soon });
    await t.settle();
    expect((await read(lead.id)).quiet).toBe('muted');
    expect((await pages('open')).map(({ alertId }) => alertId)).toEqual([next.id]);
    await t.call('POST', '/api/v1/maintenance-windows', { title: 'Disks', serviceIds: [service.id], endsAt: soon });
    await ofShop({ severity: 'critical' });
    expect((await read(next.id)).quiet).toBeNull();
    await ofShop({ status: 'resolved' });
    expect((await pages('open')).map(({ alertId }) => alertId)).toEqual([last.id]);
  });

  it('gives what it groups to the incident of the lead, early or late', async () => {
    const { version } = (await t.call('GET', '/api/v1/routes')).body as RoutingView;
    const routes = [{ name: 'All', match: [], outcome: { group: { by: [], windowSeconds: 600 } } }];
    await t.call('PUT', '/api/v1/routes', { version, routes, catchAll: { policyId: null, clockSeconds: 3_600 } });
    const lead = await send({ dedupKey: 'a' });
    const early = await send({ dedupKey: 'b' });
    await t.call('POST', `/api/v1/alerts/${lead.id}/declare`, { severity: 'SEV2' });
    await t.settle();
    const late = await send({ dedupKey: 'c' });
    const { incidentId } = await read(lead.id);
    expect((await read(early.id)).incidentId).toBe(incidentId);
    expect((await read(late.id)).incidentId).toBe(incidentId);
  });
});
