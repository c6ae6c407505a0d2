import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryDetail } from '#delivery/contract';
import type { PageEntryKind, PageEntryView } from '../journal/contract.ts';
import { ANN, createTelephony, newest, type Telephony } from '#test/harness/telephone.ts';

let t: Telephony;
beforeEach(async () => {
  t = await createTelephony();
  await t.connect('twilio', 'vonage');
});
afterEach(() => t.end());

const deliveryOf = async (alertId: string) => {
  const { notices } = await t.pageOf(alertId);
  const id = notices.find(
    ({ userId, contactMethodId }) => userId === t.ann.id && contactMethodId !== t.ann.contactMethodId,
  );
  return t.ask<DeliveryDetail>('GET', `/deliveries/${id?.deliveryId}`);
};
const triesOf = async (alertId: string) =>
  (await deliveryOf(alertId)).tries.map(({ provider, state }) => `${provider} ${state}`);
const journalOf = async (alertId: string, kind: PageEntryKind) => {
  const { id } = await t.pageOf(alertId);
  const { items } = await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${id}`);
  return items.filter((entry) => entry.kind === kind).map(({ channel, text }) => `${channel} ${text}`);
};
const NEXT_METHOD = ['[PAGE] checkout is down'];

describe('the chain of providers', () => {
  it.each([
    ['refuses', () => t.twilio.refuse(ANN, 21_614)],
    ['is down', () => t.twilio.setMood({ kind: 'status', status: 503 })],
    ['throttles', () => t.twilio.setMood({ kind: 'status', status: 429, headers: { 'retry-after': '60' } })],
    ['hangs up', () => t.twilio.setMood({ kind: 'hang-up' })],
  ])('goes on to the next one at once when the first %s, and so does the next method', async (_how, spoil) => {
    await t.equipAnn('sms');
    spoil();
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(t.vonage.carried).toMatchObject([{ to: ANN, text: expect.stringContaining('checkout is down') }]);
    expect(t.ann.read()).toEqual(NEXT_METHOD);
    expect(await triesOf(alertId)).toEqual(['Twilio failed', 'Vonage sent']);
    await t.hear(t.vonage.report(newest(t.vonage.carried), 'delivered'));
    expect(await deliveryOf(alertId)).toMatchObject({ state: 'sent', confirmedAt: expect.any(String) });
    expect(await journalOf(alertId, 'delivered')).toEqual(['sms The provider says that it arrived.']);
    await t.hear(t.vonage.receive(ANN, '4'));
    expect(await t.pageOf(alertId)).toMatchObject({ acknowledgedBy: t.ann.id });
    expect(await journalOf(alertId, 'dropped'), 'what went out is not called dropped').toEqual([]);
    expect(t.errors).toEqual([]);
  });

  it('goes on when a carrier did not hand the message over, and marks the second one', async () => {
    await t.equipAnn('sms');
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(t.vonage.carried).toEqual([]);
    const receipt = t.twilio.report(newest(t.twilio.carried), 'undelivered', '30003');
    await t.hear(receipt);
    await t.hear(receipt);
    expect(t.vonage.carried.map(({ text }) => text.split('\n')[0])).toEqual(['Sent again: [PAGE] checkout is down']);
    expect(t.ann.read()).toEqual(NEXT_METHOD);
    const { tries } = await deliveryOf(alertId);
    expect(tries[0]).toMatchObject({ state: 'undelivered', why: expect.stringContaining('off or out of reach') });
  });

  it('goes on when no receipt came within half a minute, and once only', async () => {
    await t.equipAnn('sms');
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.advance(25);
    expect(t.vonage.carried).toEqual([]);
    expect(t.ann.read()).toEqual([]);
    await t.advance(5);
    expect(t.vonage.carried).toHaveLength(1);
    expect(t.ann.read()).toEqual(NEXT_METHOD);
    await t.advance(120);
    expect(await triesOf(alertId)).toEqual(['Twilio unconfirmed', 'Vonage unconfirmed']);
    expect(await deliveryOf(alertId)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('Vonage took it'),
    });
    expect([t.twilio.carried.length, t.vonage.carried.length]).toEqual([1, 1]);
    await t.hear(t.twilio.report(newest(t.twilio.carried), 'delivered'));
    expect(await deliveryOf(alertId)).toMatchObject({ state: 'sent', confirmedAt: expect.any(String) });
  });

  it('waits for nothing when the receipt came, or nobody needs the page any more', async () => {
    await t.equipAnn('sms');
    await t.signal({ title: 'checkout is down' });
    await t.hear(t.twilio.report(newest(t.twilio.carried), 'delivered'));
    const second = await t.signal({ title: 'search is down' });
    await t.hear(t.twilio.receive(ANN, '14'));
    await t.advance(90);
    expect(t.vonage.carried).toEqual([]);
    expect(await deliveryOf(second)).toMatchObject({ state: 'sent', confirmedAt: null });
  });

  it('believes only receipts that are signed, in time, and about its own try', async () => {
    await t.equipAnn('sms');
    t.twilio.setMood({ kind: 'status', status: 500 });
    const alertId = await t.signal({ title: 'checkout is down' });
    const receipt = t.vonage.report(newest(t.vonage.carried), 'delivered');
    const [head, claims] = (receipt.headers['authorization'] ?? '').split('.');
    for (const forged of [
      { ...receipt, body: receipt.body.replace('delivered', 'undeliverable') },
      { ...receipt, headers: { ...receipt.headers, authorization: `${head}.${claims}.AAAA` } },
      { ...receipt, headers: { 'content-type': 'application/json' } },
    ])
      expect((await t.hear(forged)).status).toBe(403);
    const elsewhere = t.vonage.report({ ...newest(t.vonage.carried), id: 'another' }, 'delivered');
    expect((await t.hear(elsewhere)).status).toBe(200);
    expect(await triesOf(alertId)).toEqual(['Twilio failed', 'Vonage sent']);
    t.clock.advance(301);
    expect((await t.hear(receipt)).status).toBe(403);
  });

  it('follows the order that an admin sets, and goes on without what is disconnected', async () => {
    await t.equipAnn('sms');
    await t.ask('POST', '/phone-settings/order', { providers: ['vonage', 'twilio'] });
    await t.signal({ title: 'checkout is down' });
    expect([t.twilio.carried.length, t.vonage.carried.length]).toEqual([0, 1]);
    await t.ask('DELETE', '/phone-settings/vonage');
    await t.signal({ title: 'search is down' });
    expect([t.twilio.carried.length, t.vonage.carried.length]).toEqual([1, 1]);
  });

  it('tries the only provider again when that is down, and the next step comes if nothing gets through', async () => {
    await t.ask('DELETE', '/phone-settings/vonage');
    await t.equipAnn('sms');
    t.twilio.setMood({ kind: 'status', status: 503 });
    const alertId = await t.signal({ title: 'checkout is down' });
    expect(t.ann.read()).toEqual(NEXT_METHOD);
    t.twilio.setMood({ kind: 'well' });
    await t.advance(5);
    expect(await triesOf(alertId)).toEqual(['Twilio failed', 'Twilio sent']);
  });
});
