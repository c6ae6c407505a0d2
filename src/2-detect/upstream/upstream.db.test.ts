import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { AlertFoldsView, AlertSourceView, AlertView } from '../contract.ts';

let t: Crew;
let ann: Responder;
let intake: string;

beforeEach(async () => {
  t = await createCrew();
  [ann] = await hireAnnAndBob(t);
  const source = await t.ask<AlertSourceView>('POST', '/alert-sources', { name: 'Checks' });
  intake = `/intake/${source.key}`;
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const service = async (name: string, dependsOn: readonly string[] = []) =>
  (await t.ask<{ id: string }>('POST', '/services', { name, dependsOn })).id;
const label = (value: string) => ({ field: 'label', name: 'service', op: 'is', values: [value] });
const route = (services: Readonly<Record<string, string>>) =>
  t.ask('PUT', '/routes', {
    version: 0,
    catchAll: { policyId: null, clockSeconds: 3_600 },
    routes: Object.entries(services).map(([name, serviceId]) => ({
      name,
      match: [label(name)],
      outcome: { serviceId },
    })),
  });
async function signal(name: string, title: string, status = 'firing'): Promise<string> {
  const body = JSON.stringify({ title, dedupKey: title, severity: 'critical', status, labels: { service: name } });
  const response = await t.app.request(intake, { method: 'POST', body });
  await t.settle();
  return ((await response.json()) as { alertId: string }).alertId;
}
const read = (id: string) => t.ask<AlertView>('GET', `/alerts/${id}`);

describe('a service that needs another one', () => {
  it('asks nobody while that is down, says why, and asks when it does not recover with it', async () => {
    const database = await service('Postgres');
    const api = await service('API', [database]);
    await route({ database, shop: await service('Shop', [api]) });
    const cause = await signal('database', 'Postgres is down');
    const effect = await signal('shop', 'Shop is down');
    expect(await read(effect)).toMatchObject({ state: 'open', quiet: 'upstream', quietBy: cause, promptDueAt: null });
    expect((await read(effect)).reasons.at(-1)?.text).toBe(
      'Shop depends on Postgres, and “Postgres is down” is open for it. It asks nobody while that lasts.',
    );
    await t.advance(60);
    expect(ann.read()).toEqual(['[PAGE] Postgres is down']);
    await t.ask('POST', `/alerts/${cause}/acknowledge`);
    await t.advance(20 * 60);
    expect((await read(effect)).incidentId).toBeNull();
    await signal('database', 'Postgres is down', 'resolved');
    await t.advance(110);
    expect(ann.read().filter((title) => title.includes('Shop'))).toEqual([]);
    await t.advance(20);
    expect(await read(effect)).toMatchObject({ quiet: null, quietBy: null, suspectDueAt: expect.any(String) });
    expect(ann.read().filter((title) => title.includes('Shop'))).toEqual(['[PAGE] Shop is down']);
  });

  it('stands with the alert that explains it, in rows that are acted on as one', async () => {
    const database = await service('Postgres');
    const shop = await service('Shop', [database]);
    await route({ database, shop });
    const cause = await signal('database', 'Postgres is down');
    expect(await read(cause)).toMatchObject({ explains: null });
    const effects = [];
    for (let i = 0; i < 12; i++) effects.push(await signal('shop', `Shop ${i} is down`));
    await signal('shop', 'Shop 0 is down', 'resolved');
    expect(await read(cause)).toMatchObject({ explains: { count: 12, open: 11 } });
    expect(await read(effects[1] ?? '')).toMatchObject({ explains: null });
    const folds = await t.ask<AlertFoldsView>('GET', `/alerts/${cause}/explained/folds?by=dependency`);
    expect(folds).toMatchObject({ count: 12, states: { open: 11, closed: 1 } });
    expect(folds.items).toMatchObject([{ name: 'Shop', isCause: false, count: 12 }]);
    const [row] = folds.items;
    const listed = await t.ask<{ items: AlertView[] }>('GET', `/alerts?explainedBy=${cause}&fold=${row?.id}&limit=50`);
    expect(listed.items.map(({ id }) => id).toSorted()).toEqual(effects.toSorted());
    const done = await t.ask('POST', `/alerts/${cause}/explained/act`, { do: { act: 'acknowledge' }, fold: row?.id });
    expect(done).toEqual({ done: 11, refused: 0, refusals: [], next: null });
    expect((await read(cause)).state).toBe('open');
    expect((await read(effects[1] ?? '')).state).toBe('acknowledged');
    await t.ask('POST', `/alerts/${cause}/acknowledge`);
  });

  it('falls silent when the cause is noticed second, and everybody who was asked hears why', async () => {
    const database = await service('Postgres');
    await route({ database, shop: await service('Shop', [database]) });
    const effect = await signal('shop', 'Shop is down');
    await t.advance(30);
    expect(ann.read()).toEqual(['[PAGE] Shop is down']);
    const cause = await signal('database', 'Postgres is down');
    await t.advance(5);
    expect(await read(effect)).toMatchObject({ quiet: 'upstream', quietBy: cause });
    expect(ann.read()).toHaveLength(3);
    expect(ann.read().filter((title) => title.includes('Explained'))).toHaveLength(1);
    await signal('shop', 'Shop is down', 'resolved');
    await signal('database', 'Postgres is down', 'resolved');
    await t.advance(300);
    expect(ann.read().filter((title) => title.startsWith('[PAGE]'))).toHaveLength(2);
  });

  it('asks at once when it is said not to need it after all', async () => {
    const database = await service('Postgres');
    const shop = await service('Shop', [database]);
    await route({ database, shop });
    await signal('database', 'Postgres is down');
    const effect = await signal('shop', 'Shop is down');
    await t.ask('PATCH', `/services/${shop}`, { dependsOn: [] });
    await t.settle();
    expect(await read(effect)).toMatchObject({ quiet: null });
    expect(ann.read()).toContain('[PAGE] Shop is down');
  });

  it('asks when the cause is muted, or has not been heard of for twelve hours', async () => {
    const database = await service('Postgres');
    await route({ database, shop: await service('Shop', [database]) });
    const cause = await signal('database', 'Postgres is down');
    const effect = await signal('shop', 'Shop is down');
    await t.ask('POST', '/mutes', {
      match: [{ field: 'title', op: 'is', values: ['Postgres is down'] }],
      reason: 'Somebody tries to be clever.',
      endsAt: new Date(t.clock.now().getTime() + 20 * 3_600_000).toISOString(),
    });
    await t.advance(130);
    expect(await read(effect)).toMatchObject({ quiet: null });
    expect(ann.read()).toContain('[PAGE] Shop is down');
    expect(await read(cause)).toMatchObject({ quiet: 'muted' });
    const again = await signal('database', 'Postgres is gone');
    const other = await signal('shop', 'Shop is slow');
    expect(await read(other)).toMatchObject({ quiet: 'upstream', quietBy: again });
    t.clock.advance(12 * 3_600);
    await t.settle();
    expect(await read(other)).toMatchObject({ state: 'open', quiet: null });
  });

  it('is not explained by what a person reported, or by what nobody is asked about at once', async () => {
    const [database, cache] = [await service('Postgres'), await service('Redis')];
    const shop = await service('Shop', [database, cache]);
    await t.ask('POST', '/alerts/report', { title: 'Ignore this', serviceId: database, severity: 'critical' });
    await t.ask('PUT', '/routes', {
      version: 0,
      catchAll: { policyId: null, clockSeconds: 3_600 },
      routes: [
        { name: 'Cache', match: [label('cache')], outcome: { serviceId: cache, urgency: 'low' } },
        { name: 'Shop', match: [label('shop')], outcome: { serviceId: shop } },
      ],
    });
    await signal('cache', 'Redis is down');
    expect(await read(await signal('shop', 'Shop is down'))).toMatchObject({ quiet: null });
  });

  it('is not explained by what was dismissed, is only a warning, or belongs to nothing that it needs', async () => {
    const [database, mail] = [await service('Postgres'), await service('Mail')];
    await route({ database, mail, shop: await service('Shop', [database]) });
    await signal('mail', 'Mail is down');
    const cause = await signal('database', 'Postgres is slow');
    await t.ask('POST', `/alerts/${cause}/dismiss`, {});
    const effect = await signal('shop', 'Shop is down');
    expect(await read(effect)).toMatchObject({ quiet: null });
  });
});

describe('dependencies', () => {
  it.each([
    ['itself', (shop: string) => [shop]],
    ['what is not there', () => ['svc_nowhere']],
  ])('on %s are refused', async (_, dependsOn) => {
    const shop = await service('Shop');
    const answer = await t.call('PATCH', `/api/v1/services/${shop}`, { dependsOn: dependsOn(shop) });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.dependsOn' }] } });
  });

  it('in a circle are refused by the name of the one that closes it', async () => {
    const database = await service('Postgres');
    const shop = await service('Shop', [await service('API', [database])]);
    const answer = await t.call('PATCH', `/api/v1/services/${database}`, { dependsOn: [shop] });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('Shop depends on this') } });
  });
});
