import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createDiscordServer, type DiscordServer } from '#test/harness/discord.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

const ANN = '80351110224678912';
const BOB = '80351110224678999';
let t: Crew;
let discord: DiscordServer;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  discord = await createDiscordServer([ANN, BOB]);
  t = await createCrew({ env: { ALLCLEAR_DISCORD_URL: discord.url } });
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await discord.close();
});

const tokens = () => ({ kind: 'discord', botToken: discord.botToken, publicKey: discord.publicKey });
const connect = () => t.ask<{ hookUrl: string }>('PUT', '/chat-settings', tokens());
const newest = () => {
  const message = discord.messages.at(-1);
  if (!message) throw new Error('no message in Discord');
  return message;
};
const add = async (address = ANN) => {
  const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', { kind: 'discord', address });
  await t.settle();
  return method;
};
const ready = async () => {
  await connect();
  const method = await add();
  const code = /Code: (\d{6})/.exec(newest().words)?.[1];
  await ann.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  return method;
};
const deliver = async ({ body, headers }: ReturnType<DiscordServer['press']>, workspaceId = t.workspaceId) => {
  const response = await t.app.request(`/hooks/discord/${workspaceId}`, { method: 'POST', body, headers });
  const text = await response.text();
  await t.settle();
  if (response.status !== 200) return { status: response.status, said: text };
  const answer = JSON.parse(text) as { type: number; data?: { content: string; flags: number } };
  return { status: 200, type: answer.type, said: answer.data?.content, flags: answer.data?.flags };
};
const press = (label: string, by?: string) => deliver(discord.press(newest(), label, t.clock.now(), by));
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];
const labels = () => newest().buttons.map(({ label }) => label);

describe('Discord', () => {
  it('is connected by a token and the key of the same application, and answers when Discord tries its address', async () => {
    await expect(add()).rejects.toThrow('Discord is not connected');
    await expect(t.ask('PUT', '/chat-settings', { ...tokens(), botToken: 'x'.repeat(60) })).rejects.toThrow(
      'not valid',
    );
    await expect(t.ask('PUT', '/chat-settings', { ...tokens(), publicKey: '0'.repeat(64) })).rejects.toThrow(
      'public key',
    );
    expect((await deliver(discord.ping(t.clock.now()))).status).toBe(401);
    expect(await connect()).toMatchObject({ bot: 'acme-pages', hookUrl: expect.stringContaining('/hooks/discord/') });
    expect(await deliver(discord.ping(t.clock.now()))).toMatchObject({ status: 200, type: 1 });
    const { headers, body } = discord.ping(t.clock.now());
    const forged = { body, headers: { ...headers, 'x-signature-ed25519': '0'.repeat(128) } };
    expect((await deliver(forged)).status).toBe(401);
  });

  it('brings a page whose button acknowledges, and shows in it what became of it', async () => {
    await ready();
    const alertId = await t.signal({ title: '[checkout](https://evil.example) is @everyone' });
    const page = newest();
    expect(page.words).toContain(String.raw`\[PAGE\] \[checkout\]\(https://evil.example\) is @everyone`);
    expect(labels().slice(0, 3)).toEqual(['Acknowledge', 'Take command', 'Escalate']);
    expect(await press('Acknowledge')).toMatchObject({
      type: 4,
      flags: 64,
      said: expect.stringMatching(/^You acknowledged/),
    });
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'discord' });
    expect(page.words).toMatch(/\nAnn acknowledged at [^\n]+$/);
    expect(page.changes).toBe(1);
    expect(page.buttons.map(({ label }) => label)).not.toContain('Acknowledge');
  });

  it('says in the message what became of a page that ended elsewhere', async () => {
    await ready();
    await t.signal({ title: 'checkout is down' });
    const page = newest();
    await t.signal({ title: 'checkout is down', status: 'resolved' });
    expect(page.buttons.map(({ label }) => label)).not.toContain('Acknowledge');
    expect(page.changes).toBe(1);
  });

  it('refuses a forged, a changed, an old and a foreign press, and takes a repeated one once', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const request = discord.press(newest(), 'Escalate', t.clock.now());
    const unsigned = { ...request, headers: { 'content-type': 'application/json' } };
    const changed = { ...request, body: request.body.replace('escalate', 'acknowledge') };
    const old = discord.press(newest(), 'Acknowledge', new Date(t.clock.now().getTime() - 301_000));
    for (const bad of [unsigned, changed, old])
      expect(await deliver(bad)).toEqual({ status: 401, said: 'The signature does not fit.\n' });
    expect((await deliver(request, 'ws_elsewhere')).status).toBe(401);
    expect((await press('Acknowledge', BOB)).said).toBe('This message was not sent to you.');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    expect((await deliver(request)).said).toContain('The next step begins now');
    expect((await deliver(request)).said).toBe('This was taken already.');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    expect(bob.read()).toHaveLength(1);
  });

  it.each(['fails', 'asks to wait', 'is slow to answer'])(
    'gives way to the next method at once when it %s',
    async (how) => {
      const method = await ready();
      const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>(
        'GET',
        '/notification-rules',
      );
      for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
        await ann.ask('PATCH', `/notification-rules/${rule.id}`, {
          delaySeconds: how === 'is slow to answer' ? 0 : 600,
        });
      if (how === 'asks to wait') discord.throttle(19.2);
      else discord.setMood(how === 'fails' ? { kind: 'status', status: 502 } : { kind: 'slow', ms: 300 });
      const before = discord.messages.length;
      await t.signal({ title: 'checkout is down' });
      expect(ann.read()).toEqual(['[PAGE] checkout is down']);
      discord.setMood({ kind: 'well' });
      discord.throttle(0);
      await t.advance(15);
      expect(discord.messages.length - before).toBe(how === 'asks to wait' ? 0 : 1);
      await t.advance(10);
      expect(discord.messages.length - before).toBe(1);
    },
  );

  it('says why the bot may not write to a person', async () => {
    await connect();
    await expect(add('ann')).rejects.toThrow('user id');
    const unknown = await add('80351110224670000');
    const test = (id: string) => ann.ask<{ message: string }>('POST', `/contact-methods/${id}/test`);
    expect((await test(unknown.id)).message).toContain('Nobody in Discord');
    const method = await add();
    discord.shut(ANN);
    expect((await test(method.id)).message).toContain('in a server with it');
  });
});
