import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { createTeamsServer, type TeamsServer } from '#test/harness/teams.ts';
import type { PageView } from '../page/contract.ts';
import type { ContactMethodView } from './contract.ts';

let t: Crew;
let teams: TeamsServer;
let ann: Responder;
beforeEach(async () => {
  teams = await createTeamsServer();
  t = await createCrew();
  [ann] = await hireAnnAndBob(t);
});
afterEach(async () => {
  await t.end();
  await teams.close();
});

const newest = () => {
  const message = teams.messages.at(-1);
  if (!message) throw new Error('no message in Teams');
  return message;
};
const add = async (address = teams.url) => {
  const method = await ann.ask<ContactMethodView>('POST', '/contact-methods', { kind: 'teams', address });
  await t.settle();
  return method;
};
const ready = async () => {
  const method = await add();
  const code = /Code: (\d{6})/.exec(newest().words)?.[1];
  await ann.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  return method;
};
const pageOf = async (alertId: string) =>
  (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];

describe('Microsoft Teams', () => {
  it('brings a card whose button opens the page; only the button there acknowledges', async () => {
    await ready();
    const alertId = await t.signal({ title: '[checkout](https://evil.example) is **down**' });
    const card = newest();
    expect(card.words).toContain('[PAGE] [checkout](https://evil.example) is **down**\nSince');
    expect(Object.keys(card.buttons)).toEqual(['Acknowledge …']);
    const path = new URL(card.buttons['Acknowledge …'] ?? '').pathname;
    expect(card.words).not.toContain(path);
    expect((await t.app.request(path)).status).toBe(200);
    expect((await t.app.request(path, { method: 'HEAD' })).status).toBe(200);
    expect(await pageOf(alertId)).toMatchObject({ state: 'open' });
    expect((await t.app.request(path, { method: 'POST' })).status).toBeLessThan(400);
    await t.settle();
    expect(await pageOf(alertId)).toMatchObject({ acknowledgedBy: ann.id });
  });

  it('brings the news of a page as a card of its own, since a card cannot be changed', async () => {
    await ready();
    const alertId = await t.signal({ title: 'checkout is down' });
    const page = await pageOf(alertId);
    await t.ask('POST', `/pages/${page?.id}/acknowledge`);
    await t.settle();
    expect(newest().words).toMatch(/is on it: checkout is down\n.*acknowledged at/);
    expect(Object.keys(newest().buttons)).toEqual(['Open']);
  });

  it('is proved by a code, and says what is wrong with a URL', async () => {
    await expect(add('teams')).rejects.toThrow('the URL that the workflow shows');
    const method = await add(teams.url.replace('sig=', 'sig=x'));
    expect(teams.messages).toHaveLength(0);
    const tested = await ann.ask<{ message: string }>('POST', `/contact-methods/${method.id}/test`);
    expect(tested.message).toContain('must be authenticated');
    await add();
    await t.signal({ title: 'checkout is down' });
    expect(teams.messages).toHaveLength(1);
    expect(Object.keys(newest().buttons)).toEqual(['Confirm …']);
  });

  it.each([
    ['fails', { kind: 'status', status: 502 }],
    ['hangs up', { kind: 'hang-up' }],
    ['asks to wait', { kind: 'status', status: 429, headers: { 'retry-after': '20' } }],
  ] as const)('gives way to the next method at once when it %s', async (how, mood) => {
    const method = await ready();
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const rule of items.filter(({ contactMethodId }) => contactMethodId !== method.id))
      await ann.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds: 600 });
    teams.setMood(mood);
    const before = teams.messages.length;
    await t.signal({ title: 'checkout is down' });
    expect(ann.read()).toEqual(['[PAGE] checkout is down']);
    teams.setMood({ kind: 'well' });
    await t.advance(15);
    expect(teams.messages.length - before).toBe(how === 'asks to wait' ? 0 : 1);
    await t.advance(10);
    expect(teams.messages.length - before).toBe(1);
  });

  it('is lost when its workflow was removed, and its person hears of it', async () => {
    const method = await ready();
    teams.remove();
    await t.signal({ title: 'checkout is down' });
    const { items } = await ann.ask<{ items: ContactMethodView[] }>('GET', '/contact-methods');
    expect(items.find(({ id }) => id === method.id)).toMatchObject({
      lostAt: expect.any(String),
      problem: expect.stringContaining('workflow was removed'),
    });
    expect(ann.read().join()).toContain('Pages no longer reach you by Microsoft Teams');
  });
});
