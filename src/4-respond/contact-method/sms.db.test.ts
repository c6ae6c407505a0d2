import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANN, createTelephony, newest, type Telephony } from '#test/harness/telephone.ts';
import type { ContactMethodView } from './contract.ts';

let t: Telephony;
beforeEach(async () => {
  t = await createTelephony();
});
afterEach(() => t.end());

const methodOf = async (id: string) =>
  (await t.ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods')).items.find((one) => one.id === id);
const page = (title = 'checkout is down') => t.signal({ title });
const sms = () => newest(t.twilio.carried);

describe('SMS', () => {
  it('goes out only after an admin connected an account that works; its secrets are never shown', async () => {
    await expect(t.equipAnn('sms')).rejects.toThrow('No provider for SMS is connected');
    const wrong = {
      provider: 'twilio',
      accountSid: t.twilio.accountSid,
      authToken: '0'.repeat(32),
      smsNumbers: t.twilio.numbers,
      voiceNumbers: [],
    };
    await expect(t.ask('PUT', '/phone-settings', wrong)).rejects.toThrow('does not accept the account SID');
    await t.connect('twilio');
    const settings = JSON.stringify(await t.ask('GET', '/phone-settings'));
    expect(settings).toContain('"account":"Acme"');
    expect(settings).not.toContain(t.twilio.authToken);
    expect(await t.ask('POST', '/phone-settings/twilio/test', { to: ANN })).toMatchObject({ ok: true });
    expect(sms()).toMatchObject({ to: ANN, from: '+15005550006' });
    expect(await t.ask('POST', '/phone-settings/twilio/test')).toEqual({
      ok: true,
      message: 'Twilio knows the account: Acme.',
    });
  });

  it('reaches a number that its person has proved, in one message with what to reply', async () => {
    await t.connect('twilio');
    await t.equipAnn('sms');
    const alertId = await page();
    expect(t.twilio.carried.map(({ text }) => text)).toEqual([
      '[PAGE] checkout is down\nSince 10:00 UTC\nReply 4 to acknowledge, 6 to escalate.',
    ]);
    await t.hear(t.twilio.report(sms(), 'delivered'));
    await t.hear(t.twilio.receive(ANN, ' 4. '));
    expect(await t.pageOf(alertId)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: t.ann.id,
      acknowledgedChannel: 'sms',
    });
    expect(t.twilio.carried.slice(1).map(({ text }) => text)).toEqual(['You acknowledged: checkout is down']);
    expect(t.errors).toEqual([]);
  });

  it('is proved anew when a provider is connected, or is not any more', async () => {
    const provedAt = async () => (await t.ask<{ provedAt: string | null }>('GET', '/coverage')).provedAt;
    const changes = [() => t.connect('twilio'), () => t.ask('DELETE', '/phone-settings/twilio')];
    await t.advance(15);
    for (const change of changes) {
      const before = await provedAt();
      await t.advance(60);
      expect(await provedAt()).toBe(before);
      await change();
      await t.advance(15);
      expect(await provedAt()).not.toBe(before);
    }
  });

  it('tells what became of a page once, to a number that it was called and written to', async () => {
    await t.connect('twilio');
    await t.equipAnn('sms');
    await t.equipAnn('voice');
    for (const { id } of (await t.ann.ask<{ items: { id: string }[] }>('GET', '/notification-rules')).items)
      await t.ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 0 });
    const alertId = await page();
    expect(t.twilio.carried.map(({ kind }) => kind).toSorted()).toEqual(['sms', 'voice']);
    await t.ask('POST', `/pages/${(await t.pageOf(alertId)).id}/acknowledge`);
    await t.settle();
    expect(t.twilio.carried.slice(2).map(({ kind, text }) => `${kind} ${text.split('\n')[0]}`)).toEqual([
      'sms Olive Owner is on it: checkout is down',
    ]);
  });

  it('tells several pages of one number apart by their codes', async () => {
    await t.connect('twilio');
    await t.equipAnn('sms');
    const [first, second] = [await page('checkout is down'), await page('search is slow')];
    expect(t.twilio.carried.map(({ text }) => /Reply (\d+)/.exec(text)?.[1])).toEqual(['4', '14']);
    await t.hear(t.twilio.receive(ANN, 'ACK'));
    expect(sms().text).toContain('Several pages ask you');
    await t.hear(t.twilio.receive(ANN, '14'));
    expect(await t.pageOf(second)).toMatchObject({ state: 'acknowledged' });
    expect(await t.pageOf(first)).toMatchObject({ state: 'open' });
    await t.hear(t.twilio.receive(ANN, 'ESC please'));
    expect(await t.pageOf(first)).toMatchObject({ state: 'open', step: 2 });
    await t.hear(t.twilio.receive(ANN, '94'));
    expect(sms().text).toContain('No page of yours has that code');
  });

  it('believes only signed requests, and takes a repeated one once', async () => {
    await t.connect('twilio');
    await t.equipAnn('sms');
    const alertId = await page();
    const reply = t.twilio.receive(ANN, '6');
    const forged = { ...reply, headers: { ...reply.headers, 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } };
    expect((await t.hear(forged)).status).toBe(403);
    expect((await t.hear({ ...reply, body: reply.body.replace('Body=6', 'Body=4') })).status).toBe(403);
    expect((await t.hear({ ...reply, url: reply.url.replace('twilio', 'vonage') })).status).toBe(403);
    expect((await t.hear({ ...reply, body: 'x'.repeat(300_000) })).status).toBe(403);
    expect(await t.pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    expect((await t.hear(reply)).status).toBe(200);
    const sent = t.twilio.carried.length;
    expect((await t.hear(reply)).status).toBe(200);
    expect(await t.pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    expect(t.twilio.carried).toHaveLength(sent);
  });

  it('answers nobody whom it never wrote to, and no other machine', async () => {
    await t.connect('twilio');
    await t.equipAnn('sms');
    await page();
    const sent = t.twilio.carried.length;
    for (const [from, text] of [
      ['+14155550199', '4'],
      [ANN, 'I am driving'],
      [ANN, ''],
    ] as const)
      expect((await t.hear(t.twilio.receive(from, text))).status).toBe(200);
    expect(t.twilio.carried).toHaveLength(sent);
  });

  it('honours STOP until START, and its person sees that the method is off', async () => {
    await t.connect('twilio');
    const id = await t.equipAnn('sms');
    const stop = t.twilio.receive(ANN, 'Stop');
    await t.hear(stop);
    expect(await methodOf(id)).toMatchObject({ verifiedAt: null, problem: expect.stringContaining('said STOP') });
    expect(t.ann.read()).toEqual(['Pages no longer reach you by SMS: you replied STOP']);
    await page();
    expect(await t.ask('POST', '/phone-settings/twilio/test', { to: ANN })).toMatchObject({
      ok: false,
      message: expect.stringContaining('STOP'),
    });
    await t.ann.ask('POST', `/contact-methods/${id}/test`);
    expect(t.twilio.carried).toEqual([]);
    await t.hear(t.twilio.receive(ANN, 'START'));
    expect(await methodOf(id)).toMatchObject({ verifiedAt: expect.any(String), problem: null });
    expect(sms().text).toContain('Pages reach this number again');
    await t.hear(stop);
    expect(await methodOf(id)).toMatchObject({ problem: null });
  });

  it('learns of a STOP that Twilio heard alone', async () => {
    await t.connect('twilio');
    const id = await t.equipAnn('sms');
    t.twilio.refuse(ANN, 21_610);
    await page();
    expect(await methodOf(id)).toMatchObject({
      lostAt: expect.any(String),
      problem: expect.stringContaining('said STOP'),
    });
    expect(t.ann.read()).toContain('[PAGE] checkout is down');
  });
});
