import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createPushoverServer, type PushoverServer } from '#test/harness/pushover.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

const ANN_KEY = 'uQiRzpo4DXghDmr9QzzfQu27cmVRsG';
let t: Crew;
let pushover: PushoverServer;
let ann: Responder;
beforeEach(async () => {
  pushover = await createPushoverServer([ANN_KEY]);
  t = await createCrew({ env: { ALLCLEAR_PUSHOVER_URL: pushover.url } });
  [ann] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await pushover.close();
});

const connect = () => t.ask('PUT', '/chat-settings', { kind: 'pushover', appToken: pushover.appToken });
const ready = async () => {
  await connect();
  const body = { kind: 'pushover', address: ANN_KEY };
  const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', body);
  await t.settle();
  const code = /Code: (\d{6})/.exec(pushover.messages.at(-1)?.message ?? '')?.[1];
  await ann.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  return method;
};
const newest = () => {
  const message = pushover.messages.at(-1);
  if (!message) throw new Error('no message in Pushover');
  return message;
};
const callBack = (path: string) => t.app.request(new URL(path).pathname, { method: 'POST', body: 'acknowledged=1' });
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];

describe('Pushover', () => {
  it('is connected by a token that works, and proved by a code that does not ring for an hour', async () => {
    const wrong = { kind: 'pushover', appToken: 'x'.repeat(30) };
    await expect(t.ask('PUT', '/chat-settings', wrong)).rejects.toThrow('application token is invalid');
    await connect();
    const body = { kind: 'pushover', address: ANN_KEY };
    await ann.ask('POST', '/contact-methods', body);
    await t.settle();
    expect(newest()).toMatchObject({ priority: 1, title: expect.stringContaining('is your Allclear code') });
    await t.signal({ title: 'checkout is down' });
    expect(pushover.messages).toHaveLength(1);
  });

  it('rings for an urgent page until it is acknowledged in the app, which is found out by asking', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = newest();
    expect(page).toMatchObject({ priority: 2, title: '[PAGE] checkout is down', url: expect.stringContaining('/p/') });
    await t.advance(30);
    expect(await pageOf(alertId)).toMatchObject({ state: 'open' });
    page.acknowledged = true;
    await t.advance(15);
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'pushover' });
    const asked = pushover.attempts.length;
    await t.advance(60);
    expect(pushover.attempts).toHaveLength(asked);
  });

  it('is asked at once when it calls back, and a forged call acknowledges nothing', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = newest();
    expect((await callBack(page.callback)).status).toBe(200);
    await t.settle();
    expect(await pageOf(alertId)).toMatchObject({ state: 'open' });
    page.acknowledged = true;
    await callBack(page.callback);
    await t.settle();
    expect(await pageOf(alertId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: ann.id });
    expect((await callBack(`${page.callback}x`)).status).toBe(404);
  });

  it('stops ringing when the page is over elsewhere', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    await ann.ask('POST', `/pages/${(await pageOf(alertId))?.id}/acknowledge`);
    await t.settle();
    expect(pushover.messages.find(({ receipt }) => receipt !== null)?.cancelled).toBe(true);
    expect(newest()).toMatchObject({ priority: 0, title: 'Ann is on it: checkout is down' });
  });

  it.each([429, 500])('gives way to the next method at once when it answers %i', async (status) => {
    const method = await ready();
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    pushover.setMood({ kind: 'status', status });
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    pushover.setMood({ kind: 'well' });
    await t.advance(5);
    expect(newest().title).toBe('[PAGE] checkout is down');
  });

  it('says when a user key is wrong', async () => {
    await connect();
    const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', {
      kind: 'pushover',
      address: 'a'.repeat(30),
    });
    await t.settle();
    const { items } = await ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods');
    expect(items.find(({ id }) => id === method.id)?.problem).toContain('user identifier is not a valid user');
  });
});
