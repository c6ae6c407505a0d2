import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createSlackServer, type SlackServer } from '#test/harness/slack.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

let t: Crew;
let slack: SlackServer;
let ann: Responder;
let bob: Responder;
beforeEach(async () => {
  slack = await createSlackServer({ 'ann@example.com': 'UANN123', 'bob@example.com': 'UBOB123' });
  t = await createCrew({ env: { ALLCLEAR_SLACK_URL: slack.url } });
  [ann, bob] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await slack.close();
});

const connect = () =>
  t.ask('PUT', '/chat-settings', { kind: 'slack', botToken: slack.botToken, signingSecret: slack.signingSecret });
const add = async (who: Responder, address: string) => {
  const method = await who.ask<ContactMethodView>('POST', '/contact-methods', { kind: 'slack', address });
  await t.settle();
  return method;
};
const ready = async (who = ann, address = 'UANN123') => {
  const method = await add(who, address);
  const code = /Code: (\d{6})/.exec(slack.messages.at(-1)?.words ?? '')?.[1];
  await who.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  return method;
};
const newest = () => {
  const message = slack.messages.at(-1);
  if (!message) throw new Error('no message in Slack');
  return message;
};
const deliver = ({ body, headers }: ReturnType<SlackServer['press']>) =>
  t.app.request('/hooks/slack/interact', { method: 'POST', body, headers });
const press = async (label: string, by?: string) => {
  const response = await deliver(slack.press(newest(), label, t.clock.now(), by));
  await t.settle();
  return response.status;
};
const pageOf = async (alertId: string) => {
  const [page] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page) throw new Error('no page');
  return page;
};

describe('Slack', () => {
  it('is offered only once an admin has connected it, with tokens that work', async () => {
    const problems = async () =>
      (await ann.ask<{ items: { kind: string; problem: string | null }[] }>('GET', '/channels')).items.find(
        ({ kind }) => kind === 'slack',
      )?.problem;
    expect(await problems()).toContain('Slack is not connected');
    await expect(add(ann, 'UANN123')).rejects.toThrow('Slack is not connected');
    const wrong = { kind: 'slack', botToken: 'xoxb-wrong', signingSecret: slack.signingSecret };
    await expect(t.ask('PUT', '/chat-settings', wrong)).rejects.toThrow('The bot token is not valid');
    expect(await connect()).toMatchObject({ account: 'Acme', bot: 'allclear', configured: true });
    expect(JSON.stringify(await t.ask('GET', '/chat-settings'))).not.toContain(slack.botToken);
    expect(await problems()).toBeNull();
    slack.revoke();
    expect(await t.ask('POST', '/chat-settings/slack/test')).toMatchObject({
      ok: false,
      message: expect.stringContaining('was revoked'),
    });
  });

  it('is used only after the code that it brought was entered; a mail address finds the person', async () => {
    await connect();
    await add(ann, 'ann@example.com');
    expect(newest()).toMatchObject({ to: 'UANN123', text: expect.stringMatching(/^\d{6} is your Allclear code$/) });
    expect(newest().buttons.map(({ action_id }) => action_id)).toEqual(['open']);
    await t.signal({ title: 'checkout is down' });
    expect(slack.messages).toHaveLength(1);
  });

  it('brings a page whose button acknowledges, and shows in it what became of it', async () => {
    await connect();
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = newest();
    expect(page.text).toBe('[PAGE] checkout is down');
    expect(page.buttons.map(({ text }) => text.text)).toEqual(['Acknowledge', 'Take command', 'Escalate', 'Open']);
    expect(await press('Acknowledge')).toBe(200);
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id, acknowledgedChannel: 'slack' });
    expect(page.buttons.map(({ text }) => text.text)).toEqual(['Open']);
    expect(page.words).toContain('Ann acknowledged at');
    expect(page.changes).toBe(1);
  });

  it('ends with the newest word, however close the words came', async () => {
    await connect();
    await ready();
    const page = await pageOf(await t.signal({ title: 'checkout is down' }));
    const message = newest();
    const late = slack.press(message, 'Take command', t.clock.now());
    await deliver(slack.press(message, 'Escalate', t.clock.now()));
    await ann.ask('POST', `/pages/${page.id}/acknowledge`);
    await t.settle();
    expect(message.words).toContain('Ann acknowledged at');
    expect(message.words).not.toContain('The next step begins now');
    const { changes } = message;
    expect((await deliver(late)).status).toBe(200);
    await t.settle();
    expect(message.changes).toBe(changes);
  });

  it('lets somebody take command, and begin the next step', async () => {
    await connect();
    await ready();
    const first = await pageOf(await t.signal({ title: 'checkout is down' }));
    expect(await press('Escalate')).toBe(200);
    expect(bob.read()).toEqual(['[PAGE] checkout is down']);
    expect(newest().words).toContain('The next step begins now');
    expect(newest().buttons).toHaveLength(4);
    expect(await press('Take command')).toBe(200);
    const { incidentId } = await t.ask<PageView>('GET', `/pages/${first.id}`);
    expect(await t.ask('GET', `/incidents/${incidentId}`)).toMatchObject({ roles: { 'incident-commander': ann.id } });
  });

  it('says what became of a page that ended elsewhere', async () => {
    await connect();
    await ready();
    await t.signal({ title: 'checkout is down' });
    const page = newest();
    await t.signal({ title: 'checkout is down', status: 'resolved' });
    expect(page.buttons.map(({ text }) => text.text)).toEqual(['Open']);
    expect(page.changes).toBe(1);
  });

  it('refuses a forged, an old and a foreign press, and takes a repeated one once', async () => {
    await connect();
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const request = slack.press(newest(), 'Escalate', t.clock.now());
    const forged = { ...request, headers: { ...request.headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` } };
    expect((await deliver(forged)).status).toBe(401);
    expect((await deliver({ ...request, body: request.body.replace('escalate', 'acknowledge') })).status).toBe(401);
    expect((await deliver({ ...request, headers: {} })).status).toBe(401);
    const old = slack.press(newest(), 'Acknowledge', new Date(t.clock.now().getTime() - 301_000));
    expect((await deliver(old)).status).toBe(401);
    expect(await press('Acknowledge', 'UBOB123')).toBe(200);
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 1 });
    for (let i = 0; i < 3; i++) expect((await deliver(request)).status).toBe(200);
    await t.settle();
    expect(await pageOf(alertId)).toMatchObject({ state: 'open', step: 2 });
    expect(bob.read()).toHaveLength(1);
  });

  it.each([
    ['fails', { kind: 'status', status: 500 }],
    ['asks to wait', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
  ] as const)('gives way to the next method at once when it %s, and is tried again', async (_, mood) => {
    await connect();
    const method = await ready();
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    slack.setMood(mood);
    const before = slack.messages.length;
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    slack.setMood({ kind: 'well' });
    await t.advance(25);
    expect(slack.messages.length - before).toBe('headers' in mood ? 0 : 1);
    await t.advance(10);
    expect(slack.messages.length - before).toBe(1);
  });

  it('changes the message once it is well again', async () => {
    await connect();
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = newest();
    slack.setMood({ kind: 'status', status: 429, headers: { 'retry-after': '10' } });
    await ann.ask('POST', `/pages/${(await pageOf(alertId)).id}/acknowledge`);
    await t.settle();
    slack.setMood({ kind: 'well' });
    await t.advance(15);
    expect(page.words).toContain('Ann acknowledged at');
  });

  it('holds what cannot go out after it was disconnected, and pages by the other methods', async () => {
    await connect();
    const method = await ready();
    await t.ask('DELETE', '/chat-settings/slack');
    const listed = await ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods');
    expect(listed.items.find(({ id }) => id === method.id)?.problem).toContain('Slack is not connected');
    const before = slack.attempts.length;
    await t.signal({ title: 'checkout is down' });
    expect(slack.attempts).toHaveLength(before);
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
  });
});
