import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Responder } from '#test/harness/crew.ts';
import { beginStory, type Story } from '#test/harness/story.ts';

let t: Story;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T10:00:00Z' });
  [ann, bob] = [await t.meet('Ann'), await t.meet('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
});
afterEach(() => t.end());

const holes = async (who: Responder) =>
  (await t.ask<{ consequences: string[] }>('GET', `/users/${who.id}/deactivation`)).consequences;
const leave = async (who: Responder) => {
  await t.ask('POST', `/users/${who.id}/deactivate`);
  await t.settle();
};

describe('deactivating a person', () => {
  it('says first which holes that makes, and the last owner cannot go', async () => {
    expect(await holes(ann)).toEqual([
      expect.stringMatching(/^Step 1 of the escalation policy “.+” would be empty and be passed over\.$/),
    ]);
    await leave(ann);
    expect(await holes(bob)).toEqual([
      expect.stringContaining('would have nobody left: its pages would go to the owner.'),
    ]);
    expect((await t.call('POST', `/api/v1/users/${t.ownerId}/deactivate`)).status).toBe(409);
  });

  it('hands their open page on at once: the next one is asked, and they hear no more', async () => {
    await t.signal({ title: 'shop is down' });
    t.phones.expect(['10:00:00 Ann ntfy [PAGE] shop is down']);
    await t.pass({ minutes: 1 });
    await leave(ann);
    await t.pass({ seconds: 15 });
    t.phones.expect(['10:01:00 Bob ntfy [PAGE] shop is down']);
    await t.press('Bob');
    t.phones.expect(['10:01:15 Bob ntfy Bob is on it: shop is down']);
    await t.pass({ minutes: 4 });
    t.phones.forget();
    await t.signal({ title: 'shop is down', status: 'resolved' });
    t.phones.expect(['10:05:15 Bob ntfy Recovered: shop is down']);
  });

  it('leaves the link of their page without power', async () => {
    const alertId = await t.signal({ title: 'shop is down' });
    const { pathname } = new URL(t.phones.last('Ann').link);
    await leave(ann);
    expect((await t.app.request(pathname, { method: 'POST' })).status).toBe(404);
    expect(await t.ask('GET', `/alerts/${alertId}`)).toMatchObject({ state: 'open' });
    t.phones.forget();
  });

  it('and everybody else of the policy leaves its pages to the owner', async () => {
    await leave(ann);
    await leave(bob);
    await t.signal({ title: 'shop is down' });
    t.phones.expect(['10:00:00 Olive mail [PAGE] shop is down']);
    await t.press('Olive');
    t.phones.expect(['10:00:00 Olive mail Olive Owner is on it: shop is down']);
  });

  it('who commands leaves the command vacant, and the backup hears of it', async () => {
    const { id } = await t.declare({ severity: 'SEV2', customerFacing: false });
    await t.press('Ann');
    t.phones.forget();
    await leave(ann);
    expect((await t.incident(id)).roles).toEqual({});
    await t.pass({ minutes: 5 });
    t.phones.expect(['10:05:00 Bob ntfy [SEV2] INC-1 has no incident commander: Checkout fails']);
  });
});
