import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createPushService, type PushService, type Subscription } from '#test/harness/push-service.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

let t: Crew;
let service: PushService;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  [t, service] = await Promise.all([createCrew(), createPushService()]);
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await service.close();
});

const subscribe = async () => {
  const { webPushKey } = await ann.ask<{ webPushKey: string }>('GET', '/channels');
  return service.subscribe(webPushKey);
};
const add = async (browser: Subscription) => {
  const body = { kind: 'webpush', address: browser.endpoint, label: 'Chrome on Android', pushKeys: browser.keys };
  const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', body);
  await t.settle();
  return method;
};
/** What the service worker does when somebody presses a button of the newest notification. */
const press = async (browser: Subscription, label: string) => {
  const action = browser.pushed.at(-1)?.data.actions.find((one) => one.label === label);
  if (!action) throw new Error(`no button ${label}`);
  const headers = { accept: 'application/json' };
  const response = await t.app.request(new URL(action.url).pathname, { method: 'POST', headers });
  return (await response.json()) as { said: string };
};
const ready = async () => {
  const browser = await subscribe();
  const method = await add(browser);
  await press(browser, 'Confirm');
  await t.settle();
  return { browser, method };
};
const methodOf = async (id: string) =>
  (await ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods')).items.find((one) => one.id === id);
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];

describe('a browser', () => {
  it('is used only after its person has confirmed the notification', async () => {
    const browser = await subscribe();
    const method = await add(browser);
    expect(browser.pushed).toMatchObject([{ data: { title: expect.stringMatching(/^\d{6} is your Allclear code$/) } }]);
    await t.signal({ title: 'checkout is down' });
    expect(browser.pushed).toHaveLength(1);
    expect(await press(browser, 'Confirm')).toEqual({ said: 'Verified: pages reach you here.' });
    expect((await methodOf(method.id))?.verifiedAt).not.toBeNull();
  });

  it('shows a page with a button that acknowledges, and replaces it with what became of it', async () => {
    const { browser } = await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = browser.pushed.at(-1);
    expect(page).toMatchObject({
      urgency: 'high',
      ttlSeconds: 3_600,
      data: { title: '[PAGE] checkout is down', urgent: true, actions: [{ kind: 'http' }, { kind: 'view' }] },
    });
    expect(page?.data.body).not.toContain('http');
    expect(await press(browser, 'Acknowledge')).toEqual({ said: 'You acknowledged it. Nobody else will be paged.' });
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'push' });
    await t.settle();
    const news = browser.pushed.at(-1);
    expect(news).toMatchObject({ urgency: 'normal', data: { title: 'Ann is on it: checkout is down', urgent: false } });
    expect(news?.topic).toBe(page?.topic);
    expect(news?.data.tag).toBe(page?.data.tag);
  });

  it('says who was first when somebody else was', async () => {
    const { browser } = await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.advance(300);
    await bob.ask('POST', `/pages/${(await pageOf(alertId))?.id}/acknowledge`);
    const shown = browser.pushed.findIndex(({ data }) => data.actions.length === 2);
    browser.pushed.splice(shown + 1);
    expect(await press(browser, 'Acknowledge')).toEqual({ said: 'Bob has acknowledged this page already.' });
  });

  it.each([404, 410])(
    'that has ended its subscription (%i) is lost, and its person hears of it by what is left',
    async (status) => {
      const { browser, method } = await ready();
      if (status === 410) browser.end();
      else service.setMood({ kind: 'status', status });
      await t.signal({ title: 'checkout is down' });
      expect(await methodOf(method.id)).toMatchObject({
        verifiedAt: null,
        lostAt: expect.any(String),
        problem: expect.stringContaining('Notify this browser'),
      });
      expect(ann.read()).toContain('Pages no longer reach you by web push (Chrome on Android)');
      const before = service.attempts.length;
      await t.signal({ title: 'search is down' });
      expect(service.attempts).toHaveLength(before);
      expect(ann.read()).toContain('[PAGE] search is down');
    },
  );

  it('gives way to the next method at once while its push service fails', async () => {
    const { browser, method } = await ready();
    const rules = await ann.ask<{ items: { id: string; contactMethodId: string; urgency: string }[] }>(
      'GET',
      '/notification-rules',
    );
    for (const rule of rules.items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    service.setMood({ kind: 'status', status: 500 });
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    service.setMood({ kind: 'well' });
    await t.advance(5);
    expect(browser.pushed.at(-1)?.data.title).toBe('[PAGE] checkout is down');
  });

  it('is left alone for as long as its push service asks', async () => {
    const { browser } = await ready();
    service.setMood({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
    await t.signal({ title: 'checkout is down' });
    const tries = service.attempts.length;
    service.setMood({ kind: 'well' });
    await t.advance(25);
    expect(service.attempts).toHaveLength(tries);
    await t.advance(10);
    expect(browser.pushed.at(-1)?.data.title).toBe('[PAGE] checkout is down');
  });

  it('that was subscribed to somebody else is refused for good, and not taken for lost', async () => {
    const browser = service.subscribe(Buffer.alloc(65, 4).toString('base64url'));
    const method = await add(browser);
    expect(await methodOf(method.id)).toMatchObject({ lostAt: null, problem: expect.stringContaining('403') });
  });
});

it.each([
  [{ kind: 'webpush', address: 'https://push.example.com/x' }, 'pushKeys'],
  [{ kind: 'email', address: 'a@example.com', pushKeys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) } }, 'pushKeys'],
  [{ kind: 'webpush', address: 'https://push.example.com/x', pushKeys: { p256dh: 'short', auth: 'short' } }, 'p256dh'],
  [
    {
      kind: 'webpush',
      address: 'https://push.example.com/x',
      pushKeys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
    },
    'no point on the curve',
  ],
])('refuses %j', async (body, field) => {
  await expect(ann.ask('POST', '/contact-methods', body)).rejects.toThrow(field);
});
