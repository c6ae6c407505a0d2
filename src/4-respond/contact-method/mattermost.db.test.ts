import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createMattermostServer, type MattermostServer } from '#test/harness/mattermost.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

let t: Crew;
let chat: MattermostServer;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  chat = await createMattermostServer({ ann: 'ann@example.com', bob: 'bob@example.com' });
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await chat.close();
});

const tokens = () => ({ kind: 'mattermost', url: `${chat.url}/`, botToken: chat.botToken });
const connect = () => t.ask('PUT', '/chat-settings', tokens());
const newest = () => {
  const message = chat.messages.at(-1);
  if (!message) throw new Error('no message in Mattermost');
  return message;
};
const add = async (address = '@Ann') => {
  const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', { kind: 'mattermost', address });
  await t.settle();
  return method;
};
const ready = async (address?: string) => {
  await connect();
  const method = await add(address);
  const code = /Code: (\d{6})/.exec(newest().words)?.[1];
  await ann.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  return method;
};
const deliver = async ({ path, body }: ReturnType<MattermostServer['press']>) => {
  const response = await t.app.request(path, { method: 'POST', body });
  const answer = (await response.json()) as { ephemeral_text?: string; error?: { message: string } };
  await t.settle();
  return { status: response.status, said: answer.ephemeral_text ?? answer.error?.message };
};
const press = (label: string, by?: string) => deliver(chat.press(newest(), label, by));
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];
const labels = () => newest().buttons.map(({ name }) => name);
const FORGED = { status: 401, said: 'The token of this button does not fit.' };

describe('Mattermost', () => {
  it('is connected by an address and a token that works, and not where the workspace may not reach', async () => {
    await expect(add()).rejects.toThrow('Mattermost is not connected');
    await expect(t.ask('PUT', '/chat-settings', { ...tokens(), botToken: 'x'.repeat(26) })).rejects.toThrow(
      'not valid',
    );
    await expect(t.ask('PUT', '/chat-settings', { ...tokens(), url: 'http://10.1.2.3' })).rejects.toThrow(
      'not a public address',
    );
    expect(await connect()).toMatchObject({ bot: 'allclear', account: new URL(chat.url).host, hookUrl: null });
    chat.revoke();
    expect(await t.ask('POST', '/chat-settings/mattermost/test')).toMatchObject({ ok: false });
  });

  it.each(['ann', 'ann@example.com'])(
    'brings %s a page whose button acknowledges, and shows what became of it',
    async (address) => {
      await ready(address);
      const alertId = await t.signal({ title: '![x](https://evil.example/p.png) is down' });
      const page = newest();
      expect(page).toMatchObject({ to: 'ann' });
      expect(page.words).toContain(String.raw`\!\[x\]\(https://evil.example/p.png\) is down`);
      expect(labels()).toEqual(['Acknowledge', 'Take command', 'Escalate']);
      expect((await press('Acknowledge')).said).toMatch(/^You acknowledged/);
      expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'mattermost' });
      expect(page.words).toMatch(/\*\*Ann acknowledged at [^\n]+\*\*$/);
      expect(page.changes).toBe(1);
      expect(page.buttons).toEqual([]);
    },
  );

  it('refuses a forged and a foreign press, and takes each button once', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const request = chat.press(newest(), 'Escalate');
    const changed = (change: (body: { context: Record<string, string> }) => void) => {
      const body = JSON.parse(request.body) as { context: Record<string, string> };
      change(body);
      return deliver({ ...request, body: JSON.stringify(body) });
    };
    expect(await changed(({ context }) => void (context['answer'] = 'acknowledge'))).toEqual(FORGED);
    expect(await changed(({ context }) => void (context['token'] = '0'.repeat(64)))).toEqual(FORGED);
    expect(await changed(({ context }) => void (context['round'] = '0'))).toEqual(FORGED);
    for (const body of ['', '[]', '{}', '{"context":7}']) expect(await deliver({ ...request, body })).toEqual(FORGED);
    expect(await deliver({ ...request, path: '/hooks/mattermost/ws_elsewhere' })).toEqual(FORGED);
    expect((await press('Acknowledge', 'bob')).said).toBe('This message was not sent to you.');
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    expect((await deliver(request)).said).toContain('The next step begins now');
    expect((await deliver(request)).said).toBe('This was taken already.');
    expect((await changed((body) => void Object.assign(body, { trigger_id: 'another' }))).said).toBe(
      'This was taken already.',
    );
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    expect(bob.read()).toHaveLength(1);
  });

  it('gives a message fresh buttons after each press, and takes none that is a day old', async () => {
    await ready();
    await t.signal({ title: 'checkout is down' });
    const first = chat.press(newest(), 'Escalate');
    const stale = chat.press(newest(), 'Acknowledge');
    await deliver(first);
    expect(chat.press(newest(), 'Escalate').body).not.toContain(
      (JSON.parse(first.body) as { context: { token: string } }).context.token,
    );
    expect((await press('Escalate')).said).not.toBe('This was taken already.');
    t.clock.advance(24 * 3_600);
    expect((await deliver(stale)).said).toBe('This button is too old. Open the page.');
  });

  it.each([
    ['fails', { kind: 'status', status: 500 }],
    ['asks to wait', { kind: 'status', status: 429, headers: { 'retry-after': '20' } }],
  ] as const)('gives way to the next method at once when it %s', async (how, mood) => {
    const method = await ready();
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    chat.setMood(mood);
    const before = chat.messages.length;
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    chat.setMood({ kind: 'well' });
    await t.advance(15);
    expect(chat.messages.length - before).toBe(how === 'fails' ? 1 : 0);
    await t.advance(10);
    expect(chat.messages.length - before).toBe(1);
  });

  it('says when nobody there has the name', async () => {
    await connect();
    const method = await add('carol');
    const tested = await ann.ask<{ message: string }>('POST', `/contact-methods/${method.id}/test`);
    expect(tested.message).toContain('Nobody in Mattermost has this user name');
  });
});
