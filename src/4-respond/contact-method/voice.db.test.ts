import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryDetail } from '#delivery/contract';
import { createTelephony, newest, type Telephony } from '#test/harness/telephone.ts';

let t: Telephony;
beforeEach(async () => {
  t = await createTelephony();
  await t.connect('twilio', 'vonage');
});
afterEach(() => t.end());

const call = () => newest(t.twilio.carried);
const heardBy = async (alertId: string) => {
  const notice = (await t.pageOf(alertId)).notices.find(
    ({ userId, contactMethodId }) => userId === t.ann.id && contactMethodId !== t.ann.contactMethodId,
  );
  return t.ask<DeliveryDetail>('GET', `/deliveries/${notice?.deliveryId}`);
};

describe('a call', () => {
  it('says what happened, a digit acknowledges once, and the news of it rings nobody', async () => {
    await t.equipAnn('voice');
    const alertId = await t.signal({ title: 'checkout <EU> & search are down' });
    expect(t.twilio.carried).toHaveLength(1);
    const ringing = call();
    const { text: twiml } = await t.hear(t.twilio.pickUp(ringing));
    expect(twiml).toContain('<Say>PAGE checkout EU &amp; search are down</Say>');
    expect(twiml).toContain('Press 4 to acknowledge. Press 6 to escalate.');
    expect(await heardBy(alertId)).toMatchObject({ state: 'sent', confirmedAt: expect.any(String) });
    const wrong = await t.hear(t.twilio.press(ringing, twiml, '9'));
    expect(wrong.text).toContain('That digit means nothing here.');
    const digit = t.twilio.press(ringing, wrong.text, '4');
    expect((await t.hear(digit)).text).toContain('You acknowledged: checkout');
    expect(await t.pageOf(alertId)).toMatchObject({ acknowledgedBy: t.ann.id, acknowledgedChannel: 'voice' });
    expect((await t.hear(digit)).text).toContain('This was taken already.');
    await t.advance(60);
    expect(t.vonage.carried).toEqual([]);
    expect(t.twilio.carried.map(({ kind }) => kind)).toEqual(['voice', 'sms']);
    expect((await t.hear(t.twilio.pickUp(ringing))).text).toContain('acknowledged before this went out');
    expect(t.errors).toEqual([]);
  });

  it('that is a drill says so first, and offers nothing but to acknowledge', async () => {
    await t.equipAnn('voice');
    await t.ann.ask('POST', '/drills/mine');
    await t.settle();
    const { text: twiml } = await t.hear(t.twilio.pickUp(call()));
    expect(twiml).toContain('<Say>Drill: your own test page, acknowledge to finish</Say>');
    expect(twiml).toContain('Press 4 to acknowledge.');
    expect(twiml).not.toContain('escalate');
    await t.advance(5);
    await t.hear(t.twilio.press(call(), twiml, '4'));
    const { items } = await t.ask<{ items: { people: { text: string }[] }[] }>('GET', '/drills');
    expect(items[0]?.people[0]?.text).toMatch(
      /telephone at once \(picked up at once\), acknowledged after 5 s on the telephone/,
    );
  });

  it('escalates by 6, and refuses digits that are forged or of another call', async () => {
    await t.equipAnn('voice');
    const alertId = await t.signal({ title: 'checkout is down' });
    const { text: twiml } = await t.hear(t.twilio.pickUp(call()));
    const digit = t.twilio.press(call(), twiml, '6');
    expect((await t.hear({ ...digit, body: digit.body.replace('Digits=6', 'Digits=4') })).status).toBe(403);
    await t.hear(t.twilio.press({ ...call(), id: `CA${'9'.repeat(32)}` }, twiml, '4'));
    expect(await t.pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    expect((await t.hear(digit)).text).toContain('The next step begins now');
    expect(await t.pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    await t.hear(digit);
    expect(await t.pageOf(alertId)).toMatchObject({ step: 2 });
  });

  it.each([
    ['nobody answers', () => t.twilio.report(call(), 'no-answer')],
    ['the line is busy', () => t.twilio.report(call(), 'busy')],
    ['a machine answers', () => t.twilio.pickUp(call(), 'machine_start')],
  ])('goes by the next provider when %s, and that one understands digits too', async (_how, hook) => {
    await t.equipAnn('voice');
    const alertId = await t.signal({ title: 'checkout is down' });
    const told = await t.hear(hook());
    expect(told.text).not.toContain('Say');
    expect(t.ann.read()).toEqual(['[PAGE] checkout is down']);
    const second = newest(t.vonage.carried);
    const { text: actions } = await t.hear(t.vonage.pickUp(second));
    expect(actions).toContain('PAGE checkout is down');
    expect((await t.hear(t.vonage.press(second, actions, '4'))).text).toContain('You acknowledged: checkout is down');
    expect(await t.pageOf(alertId)).toMatchObject({ acknowledgedBy: t.ann.id, acknowledgedChannel: 'voice' });
    expect((await heardBy(alertId)).tries.map(({ state }) => state)).toEqual(['undelivered', 'delivered']);
  });

  it('that a machine took, as shows only later, goes on as well', async () => {
    await t.ask('POST', '/phone-settings/order', { providers: ['vonage', 'twilio'] });
    await t.equipAnn('voice');
    await t.signal({ title: 'checkout is down' });
    const first = newest(t.vonage.carried);
    await t.hear(t.vonage.pickUp(first));
    expect(t.twilio.carried).toEqual([]);
    await t.hear(t.vonage.report(first, 'machine'));
    expect(t.twilio.carried).toHaveLength(1);
  });

  it('never tells a code to a mailbox', async () => {
    await t.ann.ask('POST', '/contact-methods', { kind: 'voice', address: '+14155550100' });
    await t.settle();
    expect((await t.hear(t.twilio.pickUp(call(), 'machine_start'))).text).not.toMatch(/Say|\d, \d/);
  });
});
