import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MaintenanceWindowView } from '#monitor/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { AlertView } from '../contract.ts';

let t: Crew;
let ann: Responder;
let shop: string;
let intake: string;

beforeEach(async () => {
  t = await createCrew();
  [ann] = await hireAnnAndBob(t);
  const database = (await t.ask<{ id: string }>('POST', '/services', { name: 'Postgres' })).id;
  shop = (await t.ask<{ id: string }>('POST', '/services', { name: 'Shop', dependsOn: [database] })).id;
  intake = `/intake/${(await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Checks' })).key}`;
  await t.ask('PUT', '/routes', {
    version: 0,
    catchAll: { policyId: null, clockSeconds: 3_600 },
    routes: [{ name: 'All', match: [], outcome: { serviceId: shop } }],
  });
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const inMinutes = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString();
const plan = (rest: object = {}) =>
  t.ask<MaintenanceWindowView>('POST', '/maintenance-windows', {
    title: 'New disks',
    serviceIds: [shop],
    endsAt: inMinutes(5),
    ...rest,
  });
async function signal(title: string, status = 'firing'): Promise<string> {
  const body = JSON.stringify({ title, dedupKey: title, severity: 'critical', status });
  const response = await t.app.request(intake, { method: 'POST', body });
  await t.settle();
  return ((await response.json()) as { alertId: string }).alertId;
}
const read = (id: string) => t.ask<AlertView>('GET', `/alerts/${id}`);

describe('maintenance', () => {
  it('keeps what fails quiet until its end, and what outlives it asks then', async () => {
    const window = await plan();
    expect(window).toMatchObject({ state: 'running', createdBy: t.ownerId });
    const [over, lasting] = [await signal('Shop is slow'), await signal('Shop is down')];
    expect(await read(lasting)).toMatchObject({ state: 'open', quiet: 'maintenance', quietBy: window.id });
    expect((await read(lasting)).reasons.at(-1)?.text).toMatch(
      /^Shop is in maintenance until 2026-11-25 10:05 UTC: New disks\.$/,
    );
    await t.advance(3 * 60);
    await signal('Shop is slow', 'resolved');
    expect(ann.read()).toEqual([]);
    await t.advance(2 * 60 + 30);
    expect(await read(over)).toMatchObject({ state: 'closed' });
    expect(await read(lasting)).toMatchObject({ quiet: null, quietBy: null });
    expect(ann.read()).toEqual(['[PAGE] Shop is down']);
  });

  it('that is planned keeps nothing quiet before it begins, and nothing that was there before', async () => {
    const before = await signal('Shop is down');
    const { id } = await plan({ startsAt: inMinutes(3) });
    expect(await read(before)).toMatchObject({ quiet: null });
    await t.advance(3 * 60);
    expect(await read(before)).toMatchObject({ quiet: null });
    expect(await read(await signal('Shop is slow'))).toMatchObject({ quiet: 'maintenance', quietBy: id });
  });

  it('may be ended early, moved, or call off: what it kept quiet is decided about anew', async () => {
    const window = await plan();
    const alert = await signal('Shop is down');
    const change = (body: object) => t.ask('PATCH', `/maintenance-windows/${window.id}`, body);
    await change({ endsAt: inMinutes(60) });
    await t.advance(6 * 60);
    expect(await read(alert)).toMatchObject({ quiet: 'maintenance', quietUntil: expect.stringContaining('T11:00') });
    await t.ask('POST', `/maintenance-windows/${window.id}/end`);
    await t.settle();
    expect(await read(alert)).toMatchObject({ quiet: null });
    expect(ann.read()).toEqual(['[PAGE] Shop is down']);
    expect((await t.call('POST', `/api/v1/maintenance-windows/${window.id}/end`)).status).toBe(409);
    expect((await t.call('PATCH', `/api/v1/maintenance-windows/${window.id}`, { title: 'X' })).status).toBe(409);
  });

  it('of what a service needs keeps the service quiet too', async () => {
    const { items } = await t.ask<{ items: { id: string; name: string }[] }>('GET', '/services');
    const database = items.find(({ name }) => name === 'Postgres')?.id;
    await plan({ serviceIds: [database] });
    const alert = await read(await signal('Shop is down'));
    expect(alert).toMatchObject({ quiet: 'maintenance' });
    expect(alert.reasons.at(-1)?.text).toContain('Postgres is in maintenance until');
  });

  it.each([
    ['an end that is past', { endsAt: '2026-11-25T09:00:00Z' }, 'body.endsAt'],
    ['an end before its start', { startsAt: '2026-11-26T10:00:00Z', endsAt: '2026-11-26T09:00:00Z' }, 'body.endsAt'],
    ['more than 30 days', { endsAt: '2026-12-26T10:00:00Z' }, 'body.endsAt'],
    ['no service', { serviceIds: [] }, 'body.serviceIds'],
    ['a service that is not there', { serviceIds: ['svc_nowhere'] }, 'body.serviceIds'],
  ])('is refused with %s', async (_, rest, path) => {
    const body = { title: 'X', serviceIds: [shop], endsAt: inMinutes(30), ...rest };
    const answer = await t.call('POST', '/api/v1/maintenance-windows', body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: expect.stringContaining(path) }] } });
  });

  it('cannot begin at another time once it runs', async () => {
    const { id } = await plan();
    const answer = await t.call('PATCH', `/api/v1/maintenance-windows/${id}`, { startsAt: inMinutes(5) });
    expect(answer.status).toBe(409);
  });
});
