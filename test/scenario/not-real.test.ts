import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Insights } from '#learn/contract';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  ann = await t.meet('Ann');
  const bob = await t.meet('Bob');
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
  shop = await t.watch('shop');
  await t.subscribe('Reader');
});
afterEach(() => t.end());

const insights = () => t.ask<Insights>('GET', '/insights');

describe('a false alarm', () => {
  it('stops the paging, corrects what the public read, and stays out of the figures', async () => {
    shop.answers('down');
    await t.pass({ minutes: 1 });
    const { id: alertId } = await t.alertOf(shop);
    const { id } = await t.declare({ severity: 'SEV2', alertIds: [alertId] });
    const components = [{ id: shop.componentId, status: 'major_outage' }];
    await t.update(id, { status: 'investigating', body: 'Nobody can pay.', components });
    t.phones.expect([
      '10:01:00 Ann ntfy [PAGE] shop is down',
      '10:01:00 Reader mail [Acme status] Investigating: Checkout fails',
    ]);
    await t.pass({ minutes: 2 });
    await t.ask('POST', `/incidents/${id}/decline`, { reason: 'the check was wrong' });
    await t.settle();
    t.phones.expect([
      '10:03:00 Ann ntfy False alarm: shop is down',
      '10:03:00 Reader mail [Acme status] Resolved: Checkout fails',
    ]);
    expect(t.phones.last('Reader').text).toContain('was a false alarm');
    expect(await t.component(shop.componentId)).toBe('operational');
    await t.pass({ minutes: 31 });
    expect(await t.pages(id)).toMatchObject([{ state: 'stopped', stopReason: 'false-alarm' }]);
    expect((await t.promises(id, 'next-update')).map(({ state }) => state)).toEqual(['waived']);
    expect(await insights()).toMatchObject({ incidents: 0, falseAlarms: 1, promises: [], cadenceKept: null });
  });
});

describe('a drill', () => {
  it('takes the whole way, says so everywhere, and nobody outside sees any of it', async () => {
    await t.ask('POST', `/monitors/${shop.id}/drill`, { seconds: 1_800 });
    await t.settle();
    t.phones.expect(['10:00:00 Ann ntfy DRILL [PAGE] shop is down']);
    expect(t.phones.last('Ann').text).toMatch(/^DRILL/);
    await t.press('Ann');
    const { id } = await t.ask<{ id: string }>('POST', `/alerts/${(await t.alertOf(shop)).id}/declare`, {
      severity: 'SEV2',
      customerFacing: true,
    });
    await t.settle();
    t.phones.expect(['10:00:00 Ann ntfy DRILL Ann is on it: shop is down']);
    expect(await t.incident(id)).toMatchObject({ kind: 'drill', roles: { 'incident-commander': ann.id } });
    await t.pass({ minutes: 6 });
    t.phones.expect(['10:05:00 Ann ntfy DRILL The first public update is due in 25 m: INC-1 shop is down']);
    const components = [{ id: shop.componentId, status: 'major_outage' }];
    const update = await t.update(id, { status: 'investigating', body: 'Nobody can pay.', components });
    expect(update).toMatchObject({ drill: true, statusPageIds: [] });
    for (const path of ['', '/feed.rss', '/feed.atom', '/api/v2/summary.json', `/incidents/${id}`])
      expect(await t.read(path)).not.toMatch(/Nobody can pay|shop is down|drill/i);
    expect(await t.component(shop.componentId)).toBe('operational');
    await t.ask('POST', `/monitors/${shop.id}/drill/end`);
    await t.settle();
    t.phones.expect(['10:06:00 Ann ntfy DRILL Recovered: shop is down']);
    await t.ask('POST', `/incidents/${id}/mitigate`);
    await t.ask('POST', `/incidents/${id}/resolve`);
    await t.settle();
    t.phones.expect([
      '10:06:00 Ann ntfy DRILL Mitigated: shop is down',
      '10:06:00 Ann ntfy DRILL Resolved: shop is down',
    ]);
    expect(await insights()).toMatchObject({ incidents: 0, falseAlarms: 0, alerts: 0, promises: [] });
    expect(await t.ask('GET', `/monitors/${shop.id}/uptime?window=1h`)).toMatchObject({ uptimePercent: 100 });
  });

  it('ends where a real fault begins, which pages for itself', async () => {
    await t.ask('POST', `/monitors/${shop.id}/drill`, { seconds: 1_800 });
    await t.settle();
    await t.press('Ann');
    t.phones.forget();
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['10:01:00 Ann ntfy DRILL Recovered: shop is down', '10:01:00 Ann ntfy [PAGE] shop is down']);
    expect(await t.alertOf(shop)).toMatchObject({ drill: false, state: 'open' });
  });
});
