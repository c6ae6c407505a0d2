import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configFiles, told } from '#test/harness/config-files.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { sample } from '#test/permissions/sample.ts';
import { MONITOR_KINDS, PROTOCOL_KINDS, isAsked, isProtocolKind } from '../kind/kinds.ts';
import type { Monitor } from '../monitor/contract.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const { plan, apply, exported, listed } = configFiles(() => t);

describe('what was made on screens', () => {
  /** One of each kind, by its address alone and with every option filled in. */
  const bodies = MONITOR_KINDS.filter(isAsked).flatMap((kind): { kind: string; url: string }[] => {
    if (!isProtocolKind(kind)) return [{ kind, url: 'https://http.example.org/a?b=1' }];
    const [scheme = kind] = Object.keys(PROTOCOL_KINDS[kind].schemes);
    return [
      { kind, url: `${scheme}://${kind}.example.org:4321` },
      { kind, url: `${scheme}://${kind}.example.org` },
    ];
  });

  it('is exported as a file that plans as no change, for every kind', async () => {
    const made: string[] = [];
    const place = (await t.call('POST', '/api/v1/locations', { name: 'Far away' })).body as { id: string };
    for (const body of bodies) {
      const add = (more: object) => t.call('POST', '/api/v1/monitors', { ...body, ...more });
      const first = await add({});
      // Some kinds are asked by probes only.
      const answer = first.status === 201 ? first : await add({ locations: [place.id] });
      if (answer.status !== 201) continue;
      made.push(body.kind);
      if (!isProtocolKind(body.kind)) continue;
      // Whatever a sample of its options is, as far as the kind takes it.
      for (const [name, value] of Object.entries(sample(PROTOCOL_KINDS[body.kind].options, () => '') as object))
        await t.call('PATCH', `/api/v1/monitors/${(answer.body as Monitor).id}`, { options: { [name]: value } });
    }
    expect([...new Set(made)].toSorted()).toEqual(MONITOR_KINDS.filter(isAsked).toSorted());
    const rich = {
      url: 'https://ada:sesame@rich.example.org/x',
      method: 'POST',
      headers: { Cookie: 'a=b', Accept: '*/*', 'X-Odd': '${NOT_A_VARIABLE}' },
      body: 'line\n  two: "x"\n',
      tags: ['b', 'a'],
      group: 'Europe/Shop',
      assertions: [
        { kind: 'body', test: 'matches', value: '^\\d+: #x' },
        { kind: 'certificate', daysAtLeast: 7 },
      ],
      confirm: { failures: 2, recoveries: 1, locations: 1 },
      tls: { minVersion: 'TLSv1.3' },
      degradedAboveMs: 700,
      timeoutSeconds: 3.5,
    };
    const { id } = (await t.call('POST', '/api/v1/monitors', { ...rich, locations: ['home', place.id] }))
      .body as Monitor;
    expect((await t.call('POST', `/api/v1/monitors/${id}/pause`, {})).status).toBe(200);
    for (const name of ['Twin', 'Twin'])
      await t.call('POST', '/api/v1/monitors', { name, url: 'https://twin.example.org' });
    await t.call('POST', '/api/v1/heartbeats', { name: 'Beat', periodSeconds: 60, maxRunSeconds: 30 });
    const cron = await t.call('POST', '/api/v1/heartbeats', {
      name: 'Cron',
      cron: '@daily',
      timeZone: 'Europe/Berlin',
    });
    await t.call('PATCH', `/api/v1/monitors/${(cron.body as Monitor).id}`, { tags: ['x'], group: 'Night' });
    const wanted = { name: 'Queue', test: 'at-most', value: 0.1, forSeconds: 300, periodSeconds: 60 };
    const pushed = (await t.call('POST', '/api/v1/pushed-values', wanted)).body as Monitor;
    await t.call('PATCH', `/api/v1/monitors/${pushed.id}`, { tags: ['x'], group: 'Night' });
    await t.call('POST', `/api/v1/monitors/${pushed.id}/pause`, {});
    const [service, other] = await listed('services');
    await t.call('PATCH', `/api/v1/services/${String(service?.['id'])}`, {
      dependsOn: [other?.['id']],
      description: '# x: y',
    });
    await t.call('POST', '/api/v1/slos', { name: 'S', objective: 99.95, monitorIds: [id] });
    await t.call('POST', '/api/v1/slos', {
      name: 'M',
      objective: 98,
      serviceId: service?.['id'],
      window: { kind: 'month', timeZone: 'UTC' },
      alerts: [],
    });
    const endsAt = new Date(t.clock.now().getTime() + 7_200_000).toISOString();
    await t.call('POST', '/api/v1/maintenance-windows', { title: 'Now', monitorIds: [id], endsAt });
    for (const repeat of [
      { every: 'month', atTime: '03:00', on: { nth: 'last', weekday: 5 } },
      { every: 'cron', expression: '0 4 1 * *' },
    ])
      await t.call('POST', '/api/v1/maintenance-series', {
        title: 'Again',
        repeat,
        timeZone: 'UTC',
        durationSeconds: 600,
        serviceIds: [service?.['id']],
      });
    const text = await exported();
    expect(text).not.toMatch(/sesame|a=b|pv_/);
    const next = await plan(text);
    expect(next.items.filter(({ action }) => action !== 'unchanged').map((item) => [item.key, told(item)])).toEqual([]);
    expect(next.counts.adopted).toBe(next.counts.unchanged);
    // Taken over, it stays what it was, and its keys hold whatever it is called.
    await apply(text);
    expect((await plan(text)).counts).toMatchObject({ adopted: 0, add: 0, change: 0, remove: 0 });
    await t.call('PATCH', `/api/v1/monitors/${id}`, { name: 'Called otherwise' });
    const renamed = await plan(text);
    expect(renamed.items.slice(0, 1).map(told)).toEqual([{ name: ['Called otherwise', 'rich.example.org/x'] }]);
    expect(await exported()).toContain('name: Called otherwise');
  });
});
