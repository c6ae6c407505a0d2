import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createTelegramServer, type TelegramServer } from '#test/harness/telegram.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

let t: Crew;
let telegram: TelegramServer;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  telegram = await createTelegramServer();
  t = await createCrew({
    env: { ALLCLEAR_TELEGRAM_URL: telegram.url, ALLCLEAR_PUBLIC_URL: 'https://allclear.example.com' },
  });
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await telegram.close();
});

const CHAT = '7001';
const connect = () => t.ask('PUT', '/chat-settings', { kind: 'telegram', botToken: telegram.botToken });
const send = async ({ path, body, headers }: ReturnType<TelegramServer['press']>) => {
  const response = await t.app.request(path, { method: 'POST', body, headers });
  const text = await response.text();
  await t.settle();
  return { status: response.status, said: text.startsWith('{') ? (JSON.parse(text) as { text: string }).text : text };
};
const add = () => ann.ask<ContactMethodView>('POST', '/contact-methods', { kind: 'telegram' });
const ready = async () => {
  await connect();
  const method = await add();
  await send(telegram.start(CHAT, method.startUrl ?? ''));
  return method;
};
const newest = () => {
  const message = telegram.messages.at(-1);
  if (!message) throw new Error('no message in Telegram');
  return message;
};
const methodOf = async (id: string) =>
  (await ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods')).items.find((one) => one.id === id);
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];

describe('Telegram', () => {
  it('is connected by a bot token that works; Telegram learns where to send what people press', async () => {
    await expect(add()).rejects.toThrow('Telegram is not connected');
    const wrong = { kind: 'telegram', botToken: `123456:${'x'.repeat(35)}` };
    await expect(t.ask('PUT', '/chat-settings', wrong)).rejects.toThrow('The bot token is not valid');
    expect(await connect()).toMatchObject({ bot: 'acme_pages_bot', hookUrl: null });
    expect(telegram.attempts.map(({ path }) => path.split('/').at(-1))).toContain('setWebhook');
  });

  it('reaches a person who has pressed Start behind their own link, and nobody before', async () => {
    await connect();
    const method = await add();
    expect(method).toMatchObject({
      address: '',
      verifiedAt: null,
      startUrl: expect.stringContaining('t.me/acme_pages_bot'),
    });
    await t.signal({ title: 'checkout is down' });
    expect(telegram.messages).toHaveLength(0);
    const forged = telegram.start('666', `https://t.me/x?start=${method.id}-${'0'.repeat(32)}`);
    expect((await send(forged)).said).toContain('Open the link in Allclear');
    expect((await methodOf(method.id))?.verifiedAt).toBeNull();
    expect((await send(telegram.start(CHAT, method.startUrl ?? ''))).said).toBe('Verified: pages reach you here.');
    expect(await methodOf(method.id)).toMatchObject({
      address: CHAT,
      label: '@user7001',
      startUrl: null,
      problem: null,
    });
    expect((await send(telegram.start('666', method.startUrl ?? ''))).said).toContain('used already');
    expect(await methodOf(method.id)).toMatchObject({ address: CHAT });
    const again = await add();
    expect((await send(telegram.start(CHAT, again.startUrl ?? ''))).said).toBe('Pages reach you here already.');
  });

  it('brings a page whose button acknowledges, and shows in it what became of it', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = newest();
    expect(page.text).toMatch(/^\[PAGE\] checkout is down\n/);
    expect(page.buttons.map(({ text }) => text)).toEqual(['Acknowledge', 'Take command', 'Escalate', 'Open']);
    expect(await send(telegram.press(page, 'Acknowledge'))).toEqual({
      status: 200,
      said: 'You acknowledged: checkout is down',
    });
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'telegram' });
    expect(page.buttons.map(({ text }) => text)).toEqual(['Open']);
    expect(page.text).toMatch(/\nAnn acknowledged at [^\n]+$/);
    expect(page.changes).toBe(1);
  });

  it('refuses a request without the secret and a press in another chat, and takes a repeated one once', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const pressed = telegram.press(newest(), 'Escalate');
    const forged = { ...pressed, headers: { ...pressed.headers, 'x-telegram-bot-api-secret-token': '0'.repeat(64) } };
    expect((await send(forged)).status).toBe(401);
    expect((await send({ ...pressed, headers: { 'content-type': 'application/json' } })).status).toBe(401);
    expect((await send(telegram.press(newest(), 'Acknowledge', '666'))).said).toBe('This message was not sent to you.');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    expect((await send(pressed)).said).toContain('The next step begins now');
    expect((await send(pressed)).said).toBe('This was taken already.');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    expect(bob.read()).toHaveLength(1);
    for (const body of [
      '',
      '[]',
      '{"callback_query":{"id":"1"}}',
      '{"message":{"text":"/start"}}',
      'x'.repeat(300_000),
    ])
      expect((await send({ ...pressed, body })).status).toBe(200);
  });

  it.each(['fails', 'asks to wait'])('gives way to the next method at once when it %s', async (how) => {
    const method = await ready();
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    if (how === 'fails') telegram.setMood({ kind: 'status', status: 502 });
    else telegram.throttle(20);
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    telegram.setMood({ kind: 'well' });
    telegram.throttle(0);
    await t.advance(15);
    expect(telegram.messages).toHaveLength(how === 'fails' ? 1 : 0);
    await t.advance(10);
    expect(telegram.messages).toHaveLength(1);
  });

  it('that blocked the bot is lost until Start is pressed again', async () => {
    const method = await ready();
    telegram.block(CHAT);
    await t.signal({ title: 'checkout is down' });
    const lost = await methodOf(method.id);
    expect(lost).toMatchObject({
      verifiedAt: null,
      lostAt: expect.any(String),
      problem: expect.stringContaining('Start'),
    });
    expect(ann.read()).toContain('Pages no longer reach you by Telegram (@user7001)');
    expect((await send(telegram.start(CHAT, lost?.startUrl ?? ''))).said).toBe('Verified: pages reach you here.');
    expect(await methodOf(method.id)).toMatchObject({ lostAt: null, problem: null });
  });
});
