import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Observation, recordBatch } from '#monitor';
import { observed } from '#test/harness/observed.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../alert/contract.ts';
import type { AlertStormView } from './contract.ts';

type Page = { readonly title: string; readonly alertId: string; readonly state: string };
type Monitor = { readonly id: string; readonly serviceId: string };

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

const ask = async <Answer>(method: string, path: string, body?: unknown) =>
  (await t.call(method, `/api/v1${path}`, body)).body as Answer;
const watch = (host: string, wanted: object = {}) =>
  ask<Monitor>('POST', '/monitors', { url: `http://${host}/`, ...wanted });
const pages = async (state = 'open') => (await ask<{ items: Page[] }>('GET', `/pages?state=${state}&limit=200`)).items;
const alertOf = async ({ id }: Monitor) => {
  const { items } = await ask<{ items: AlertView[] }>('GET', `/alerts?monitorId=${id}&limit=50`);
  const [alert] = items;
  if (!alert) throw new Error('no alert');
  return alert;
};
/** One batch of checks at this instant. */
async function check(
  outcome: 'up' | 'down',
  seen: readonly (readonly [Monitor, string | null])[],
  more: Partial<Observation> = {},
): Promise<void> {
  const at = t.clock.now();
  const checks = seen.map(([{ id: monitorId }, address]): Observation => ({
    ...observed({ workspaceId: t.workspaceId, monitorId, at }, outcome),
    address,
    ...more,
  }));
  await recordBatch(t.system, checks);
  await t.settle();
}

describe('monitors behind one address that fail together', () => {
  it('are one page, whose alert says why they belong together; a later one joins without another', async () => {
    const [a, b, c] = [await watch('a.example.com'), await watch('b.example.com'), await watch('c.example.com')];
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.1'],
    ]);
    const [page, ...more] = await pages();
    expect(more).toEqual([]);
    const first = await alertOf(a);
    expect(page?.alertId).toBe(first.id);
    expect(first.standsFor).toEqual({ count: 1, open: 1 });
    expect(first.reasons.at(-1)?.text).toBe('Others that ask 192.0.2.1 failed with it, and it asks for all of them.');
    expect(await alertOf(b)).toMatchObject({ quiet: 'grouped', promptDueAt: null });
    await t.advance(200);
    await check('down', [[c, '192.0.2.1']]);
    expect(await pages()).toHaveLength(1);
    await t.advance(110);
    await check('down', [[await watch('d.example.com'), '192.0.2.1']]);
    expect(await pages()).toHaveLength(2);
    const late = (await alertOf(c)).reasons.at(-1);
    expect(late?.text).toMatch(
      /^Grouped because it asks 192.0.2.1, as others do that failed with it: “.*” asks for all/,
    );
    expect(late?.alertId).toBe(first.id);
  });

  it('are known by their host where it has several addresses, and no address was found', async () => {
    const monitors = [
      await watch('shop.example.com/1'),
      await watch('shop.example.com/2'),
      await watch('shop.example.com/3'),
    ];
    const [a, b, c] = monitors as [Monitor, Monitor, Monitor];
    const other = await watch('other.example.com');
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.2'],
      [c, null],
      [other, '192.0.2.2'],
    ]);
    expect(await pages()).toHaveLength(1);
    expect((await alertOf(a)).standsFor).toEqual({ count: 3, open: 3 });
  });

  it('ask for themselves when the address, the people or the time is another one, or the workspace wants it so', async () => {
    const [a, b, c, d] = [
      await watch('a.example.com'),
      await watch('b.example.com'),
      await watch('c.example.com'),
      await watch('d.example.com'),
    ];
    const { items } = await ask<{ items: { document: object }[] }>('GET', '/escalation-policies');
    const policy = await ask<{ id: string }>('POST', '/escalation-policies', { ...items[0], name: 'Others' });
    await ask('PATCH', `/services/${b.serviceId}`, { escalationPolicyId: policy.id });
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.1'],
      [c, '192.0.2.9'],
    ]);
    expect(await pages()).toHaveLength(3);
    await t.advance(301);
    await check('down', [[d, '192.0.2.1']]);
    expect(await pages()).toHaveLength(4);
    await ask('PATCH', '/alert-settings', { addressSeconds: null });
    await check('down', [[await watch('e.example.com'), '192.0.2.9']]);
    await check('down', [[await watch('f.example.com'), '192.0.2.9']]);
    expect(await pages()).toHaveLength(6);
  });

  it('ask once more when somebody is on it and another service fails there, and join when it is the same', async () => {
    const [a, b] = [await watch('a.example.com'), await watch('b.example.com')];
    const { serviceId } = b;
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.1'],
    ]);
    const [page] = await pages();
    await ask('POST', `/alerts/${page?.alertId}/acknowledge`);
    await t.settle();
    await check('down', [[await watch('b.example.com/2', { serviceId }), '192.0.2.1']]);
    expect(await pages()).toEqual([]);
    const [c, d] = [await watch('c.example.com'), await watch('d.example.com')];
    await check('down', [[c, '192.0.2.1']]);
    await check('down', [[d, '192.0.2.1']]);
    expect(await pages()).toMatchObject([{ alertId: (await alertOf(c)).id }]);
    expect(await alertOf(d)).toMatchObject({ quiet: 'grouped' });
  });

  it('wait for nobody who put the first of them off', async () => {
    const [a, b, c] = [await watch('a.example.com'), await watch('b.example.com'), await watch('c.example.com')];
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.1'],
    ]);
    const until = new Date(t.clock.now().getTime() + 86_400_000).toISOString();
    const snoozed = await t.call('POST', `/api/v1/alerts/${(await alertOf(a)).id}/snooze`, { until });
    expect(snoozed.status, JSON.stringify(snoozed.body)).toBe(200);
    await check('down', [[c, '192.0.2.1']]);
    expect(await pages()).toMatchObject([{ alertId: (await alertOf(c)).id }]);
  });

  it('ask as loud as the loudest of them', async () => {
    const [a, b] = [await watch('a.example.com'), await watch('b.example.com')];
    const { version, catchAll } = await ask<{ version: number; catchAll: object }>('GET', '/routes');
    const match = [{ field: 'service', op: 'is', values: [a.serviceId] }];
    const routed = await t.call('PUT', '/api/v1/routes', {
      version,
      catchAll,
      routes: [{ name: 'Quietly', match, outcome: { urgency: 'low' } }],
    });
    expect(routed.status, JSON.stringify(routed.body)).toBe(200);
    await check('down', [[a, '192.0.2.1']]);
    await check('down', [[b, '192.0.2.1']]);
    expect(await pages()).toMatchObject([{ alertId: (await alertOf(b)).id, urgency: 'high' }]);
  });

  it('are not those that ask one Prometheus, name server or proxy about different things', async () => {
    const metric = (query: string) =>
      ask<Monitor>('POST', '/monitors', {
        kind: 'metric',
        url: 'http://prometheus.example.com:9090',
        options: { query, test: 'below', value: 90 },
      });
    const [disk, payments] = [await metric('disk_used'), await metric('payments_failed')];
    expect(disk.id).toMatch(/^mon_/);
    await check('down', [[disk, '192.0.2.1']]);
    await check('down', [[payments, '192.0.2.1']]);
    expect(await pages()).toHaveLength(2);
    const connection = { httpVersion: '1.1', proxy: 'http://proxy.example.com:3128' } as const;
    for (const host of ['a.example.com', 'b.example.com'])
      await check('down', [[await watch(host), '192.0.2.2']], { connection });
    expect(await pages()).toHaveLength(4);
  });

  it('hand the page on when the first of them is up again, and ask nobody anew', async () => {
    const [a, b] = [await watch('a.example.com'), await watch('b.example.com')];
    await check('down', [
      [a, '192.0.2.1'],
      [b, '192.0.2.1'],
    ]);
    t.clock.advance(30);
    await check('up', [[a, '192.0.2.1']]);
    const open = await pages();
    expect(open).toMatchObject([{ alertId: (await alertOf(b)).id }]);
    t.clock.advance(30);
    await check('up', [[b, '192.0.2.1']]);
    expect(await pages()).toEqual([]);
  });

  it('are one page when they are more than a storm, and every screen says so', async () => {
    const first = await watch('fleet.example.com/0');
    const { serviceId } = first;
    const monitors = [first];
    for (let i = 1; i < 60; i += 1) monitors.push(await watch(`fleet.example.com/${i}`, { serviceId }));
    for (let i = 0; i < monitors.length; i += 20) {
      t.clock.advance(2);
      await check(
        'down',
        monitors.slice(i, i + 20).map((one) => [one, '192.0.2.1'] as const),
      );
    }
    expect(await ask<{ items: Page[] }>('GET', '/pages?limit=200')).toMatchObject({ items: [{ state: 'open' }] });
    const { items: storms } = await ask<{ items: AlertStormView[] }>('GET', '/alert-storms');
    expect(storms).toMatchObject([{ leadId: (await alertOf(first)).id, count: 60, open: 60 }]);
  });

  it('become part of a storm when many addresses fail at once', async () => {
    await ask('PATCH', '/alert-settings', { stormPerMinute: 5 });
    const pairs = [];
    for (let i = 0; i < 8; i += 1) {
      const address = `192.0.2.${i + 1}`;
      pairs.push(
        [await watch(`a${i}.example.com`), address] as const,
        [await watch(`b${i}.example.com`), address] as const,
      );
    }
    for (const pair of pairs) await check('down', [pair]);
    expect(await pages()).toHaveLength(1);
    const { items: storms } = await ask<{ items: AlertStormView[] }>('GET', '/alert-storms');
    expect(storms).toMatchObject([{ count: 16, open: 16 }]);
    const [page] = await pages();
    expect(page?.alertId).toBe(storms[0]?.leadId);
    for (const [monitor] of pairs) {
      const { id, quiet, reasons } = await alertOf(monitor);
      expect(quiet).toBe(id === page?.alertId ? null : 'grouped');
      expect(reasons.filter(({ kind }) => kind === 'group' || kind === 'storm')).toMatchObject([{ kind: 'storm' }]);
    }
  });
});
