import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentView } from '#declare/contract';
import type { Insights } from '#learn/contract';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story, type Watched } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;
let shop: Watched;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  [ann, bob] = [await t.meet('Ann'), await t.meet('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 3_600 },
    { userIds: [bob.id], delaySeconds: 3_600 },
  ]);
  shop = await t.watch('shop');
  shop.answers('down');
  await t.pass({ minutes: 1 });
  t.phones.expect(['10:01:00 Ann ntfy [PAGE] shop is down']);
});
afterEach(() => t.end());

const incidents = async () => (await t.ask<{ items: IncidentView[] }>('GET', '/incidents')).items;
const dismiss = async () => t.ask('POST', `/alerts/${(await t.alertOf(shop)).id}/dismiss`, { reason: 'planned work' });

describe('a critical alert that nobody declares', () => {
  it('asks after five minutes, is a suspected incident after fifteen, and asks its owner whether it is one', async () => {
    await t.pass({ seconds: 295 });
    t.phones.expect([]);
    await t.pass({ seconds: 5 });
    t.phones.expect(['10:06:00 Ann ntfy Is this an incident? shop is down']);
    await t.pass({ minutes: 10 });
    t.phones.expect(['10:16:00 Ann ntfy Suspected incident INC-1: shop is down']);
    const [suspected] = await incidents();
    expect(suspected).toMatchObject({ state: 'suspected', automatic: true, severityConfirmed: false });
    expect(suspected?.detectedAt).toBe('2026-11-25T10:01:00.000Z');
    expect(await t.read()).not.toContain('shop is down');
    expect(await t.promises(suspected?.id ?? '', 'first-update')).toEqual([]);
    await t.pass({ minutes: 15 });
    expect(await incidents()).toHaveLength(1);
  });

  it('does so too when somebody has acknowledged it: that person is asked', async () => {
    await t.press('Ann');
    t.phones.expect(['10:01:00 Ann ntfy Ann is on it: shop is down']);
    await t.pass({ minutes: 16 });
    t.phones.expect([
      '10:06:00 Ann ntfy Is this an incident? shop is down',
      '10:16:00 Ann ntfy Suspected incident INC-1: shop is down',
    ]);
    expect((await incidents())[0]?.roles).toMatchObject({ 'incident-commander': ann.id });
  });

  it('and that is accepted starts what declaring starts, with the clock from detection', async () => {
    await t.pass({ minutes: 16 });
    t.phones.forget();
    const [suspected] = await incidents();
    const id = suspected?.id ?? '';
    await t.ask('POST', `/incidents/${id}/accept`, { severity: 'SEV2', customerFacing: true });
    await t.settle();
    expect(await t.promises(id, 'first-update')).toMatchObject([
      { state: 'pending', dueAt: '2026-11-25T10:31:00.000Z' },
    ]);
    // The prompt of the fifth minute and the warning of the tenth have passed: the graver one is told, once.
    t.phones.expect([
      '10:17:00 Bob ntfy The first public update is due in 14 m: INC-1 shop is down',
      '10:17:00 Olive mail The first public update is due in 14 m: INC-1 shop is down',
    ]);
  });

  it('and that was no incident is declined with one act, and asks nobody again', async () => {
    await t.pass({ minutes: 16 });
    t.phones.forget();
    await t.ask('POST', `/incidents/${(await incidents())[0]?.id}/decline`);
    await t.settle();
    t.phones.expect(['10:17:00 Ann ntfy False alarm: shop is down']);
    await t.pass({ minutes: 15 });
    expect(await t.ask<Insights>('GET', '/insights')).toMatchObject({ incidents: 0, falseAlarms: 1 });
  });
});

describe('several that nobody declares', () => {
  type Why = { readonly incidentId: string | null; readonly reasons: readonly { kind: string; text: string }[] };
  const why = async (id: string) => {
    const { reasons, incidentId } = await t.ask<Why>('GET', `/alerts/${id}`);
    return { incidentId, why: reasons.filter(({ kind }) => kind === 'incident').map(({ text }) => text) };
  };
  let intake: string;
  const send = async (dedupKey: string, more: object = {}) => {
    const labels = { job: 'shop' };
    const body = JSON.stringify({ title: `${dedupKey} is broken`, dedupKey, severity: 'critical', labels, ...more });
    const response = await t.app.request(intake, { method: 'POST', body });
    await t.settle();
    return ((await response.json()) as { alertId: string }).alertId;
  };

  beforeEach(async () => {
    await dismiss();
    await t.settle();
    intake = `/intake/${(await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Prometheus' })).key}`;
    t.phones.forget();
  });

  it('and come from one source are asked about once, are one suspicion, and say so', async () => {
    const first = await send('db-1');
    const second = await send('db-2');
    await t.pass({ minutes: 3 });
    const third = await send('db-3');
    t.phones.forget();
    await t.pass({ minutes: 2 });
    t.phones.expect(['10:06:00 Ann ntfy Is this an incident? db-1 is broken and 2 more like it']);
    await t.pass({ minutes: 10 });
    t.phones.expect(['10:16:00 Ann ntfy Suspected incident INC-1: db-1 is broken']);
    await t.pass({ minutes: 5 });
    const found = await incidents();
    expect(found.map(({ reference, state }) => [reference, state])).toEqual([['INC-1', 'suspected']]);
    const incidentId = found[0]?.id;
    expect(await why(first)).toEqual({
      incidentId,
      why: ['Nobody declared or dismissed it for 15 minutes, so it became a suspected incident by itself.'],
    });
    const because =
      'It became part of a suspected incident by itself, because it is from the same source “Prometheus” as “db-1 is broken” and says the same of job=shop.';
    expect(await why(second)).toEqual({ incidentId, why: [because] });
    expect(await why(third)).toEqual({ incidentId, why: [because] });
    // What comes later joins at once, and pages all the same.
    const late = await send('db-4');
    t.phones.expect(['10:21:00 Ann ntfy [SEV2] db-4 is broken']);
    expect((await why(late)).incidentId).toBe(incidentId);
    await t.pass({ minutes: 20 });
    t.phones.expect([]);
    expect(await incidents()).toHaveLength(1);
  });

  it('are apart when their labels or their drill tell them apart, or the workspace wants each for itself', async () => {
    await send('db-0', { labels: { host: 'db-0' } });
    await send('db-1', { labels: { app: 'shop' } });
    await send('db-2', { labels: { app: 'shop', host: 'db-2' } });
    await send('db-3', { labels: { app: 'search' } });
    await t.pass({ minutes: 16 });
    expect((await incidents()).map(({ title }) => title).toSorted()).toEqual([
      'db-0 is broken',
      'db-1 is broken',
      'db-3 is broken',
    ]);
    await t.ask('PATCH', '/alert-settings', { suspicionWindowSeconds: null });
    await send('db-4', { labels: { app: 'shop' } });
    await send('db-5', { labels: { app: 'shop' } });
    await t.pass({ minutes: 16 });
    expect(await incidents()).toHaveLength(5);
    t.phones.forget();
  });

  it('join what somebody declared for their service, and begin another one when the window is over', async () => {
    const { serviceId } = shop;
    await t.declare({ title: 'Shop is slow', severity: 'SEV4', serviceIds: [serviceId] });
    const source = { name: 'Shop probes', serviceId };
    intake = `/intake/${(await t.ask<{ key: string }>('POST', '/alert-sources', source)).key}`;
    const joins = await send('cart');
    await t.pass({ minutes: 16 });
    expect(await why(joins)).toEqual({
      incidentId: (await incidents())[0]?.id,
      why: ['It joined the incident by itself, because the incident is about its service “shop”.'],
    });
    expect(await incidents()).toHaveLength(1);
    intake = `/intake/${(await t.ask<{ key: string }>('POST', '/alert-sources', { name: 'Grafana' })).key}`;
    await send('disk');
    await t.pass({ minutes: 16 });
    await t.ask('POST', `/incidents/${(await incidents())[0]?.id}/accept`, { severity: 'SEV4' });
    await send('disk', { status: 'resolved' });
    await t.pass({ minutes: 59 });
    const inTime = await send('disk');
    await send('disk', { status: 'resolved' });
    await t.pass({ minutes: 61 });
    const tooLate = await send('disk');
    const [latest] = await incidents();
    expect(latest?.title).toBe('disk is broken');
    expect((await why(inTime)).incidentId).toBe(latest?.id);
    expect((await why(tooLate)).incidentId).toBeNull();
    t.phones.forget();
  });
});

describe('dismissing', () => {
  it('stops the paging and the asking', async () => {
    await t.pass({ minutes: 4 });
    await dismiss();
    await t.settle();
    t.phones.expect(['10:05:00 Ann ntfy False alarm: shop is down']);
    await t.pass({ minutes: 15 });
    expect(await incidents()).toEqual([]);
  });

  it('holds until the source has recovered; the next fault pages again', async () => {
    await dismiss();
    t.phones.forget();
    await t.settle();
    t.phones.forget();
    shop.answers('up');
    await t.pass({ minutes: 2 });
    t.phones.expect([]);
    shop.answers('down');
    await t.pass({ minutes: 1 });
    t.phones.expect(['10:04:00 Ann ntfy [PAGE] shop is down']);
  });
});
